package org.medicd.fact;

/** What a fact, a symptom or an incident is about. */
public sealed interface Subject permits ProcessId, UnitId, HostId, FilesystemId, DeviceId, GroupId {

  /** The word for this kind of subject in JSON and in messages: process, unit, host … */
  String kind();
}

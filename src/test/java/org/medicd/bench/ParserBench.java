package org.medicd.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.medicd.linux.proc.DiskStats;
import org.medicd.linux.proc.HostStat;
import org.medicd.linux.proc.MalformedKernelFile;
import org.medicd.linux.proc.MemInfo;
import org.medicd.linux.proc.MountInfo;
import org.medicd.linux.proc.NetDev;
import org.medicd.linux.proc.PidIo;
import org.medicd.linux.proc.PidStat;
import org.medicd.linux.proc.PidStatus;
import org.medicd.linux.proc.PressureFile;
import org.medicd.linux.proc.VmStat;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to read a file of the kernel's once its bytes are here: this host's own files. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class ParserBench {
  private final byte[] pidStat = content("self/stat").getBytes(StandardCharsets.ISO_8859_1);
  private final String pidStatus = content("self/status");
  private final String pidIo = content("self/io");
  private final String stat = content("stat");
  private final String meminfo = content("meminfo");
  private final String vmstat = content("vmstat");
  private final String diskstats = content("diskstats");
  private final String netDev = content("net/dev");
  private final String mountInfo = content("self/mountinfo");
  private final String pressure =
      "some avg10=1.50 avg60=0.20 avg300=0.01 total=123456789\n"
          + "full avg10=0.50 avg60=0.10 avg300=0.00 total=23456789\n";

  private static String content(String file) {
    try {
      return Files.readString(Path.of("/proc", file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new IllegalStateException("this bench reads /proc/" + file + " of the host", e);
    }
  }

  @Benchmark
  public PidStat pidStat() throws MalformedKernelFile {
    return PidStat.parse(pidStat, pidStat.length);
  }

  @Benchmark
  public PidStatus pidStatus() throws MalformedKernelFile {
    return PidStatus.parse(pidStatus);
  }

  @Benchmark
  public PidIo pidIo() throws MalformedKernelFile {
    return PidIo.parse(pidIo);
  }

  @Benchmark
  public HostStat hostStat() throws MalformedKernelFile {
    return HostStat.parse(stat);
  }

  @Benchmark
  public MemInfo memInfo() throws MalformedKernelFile {
    return MemInfo.parse(meminfo);
  }

  @Benchmark
  public VmStat vmStat() throws MalformedKernelFile {
    return VmStat.parse(vmstat);
  }

  @Benchmark
  public DiskStats diskStats() throws MalformedKernelFile {
    return DiskStats.parse(diskstats);
  }

  @Benchmark
  public NetDev netDev() throws MalformedKernelFile {
    return NetDev.parse(netDev);
  }

  @Benchmark
  public MountInfo mountInfo() throws MalformedKernelFile {
    return MountInfo.parse(mountInfo);
  }

  @Benchmark
  public Object pressure() throws MalformedKernelFile {
    return PressureFile.parse("cpu", pressure);
  }
}

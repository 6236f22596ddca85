"""bench.py ROOT SECONDS [PART…]: measures medicd and its peers; called by run, in a pid namespace of its own."""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

ROOT, SECONDS = pathlib.Path(sys.argv[1]), int(sys.argv[2])
PARTS = sys.argv[3:] or ["1000", "3000", "10000", "idle", "busy", "rules"]
HERE = ROOT / "src/test/bench"
WORK = pathlib.Path(tempfile.mkdtemp())
WARM_UP = 8        # until a peer is past its first looks
JVM_WARM_UP = 40   # until the JVM has compiled what is hot, and who rests is known to rest
TICKS = 100        # over so many medicd tells what its ticks took: those of the warm-up are not to be among them
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}

PSUTIL = """
import psutil, time
while True:
    began = time.time()
    for p in psutil.process_iter(['pid', 'ppid', 'name', 'status', 'cpu_percent', 'memory_info']): pass
    time.sleep(max(0, 1 - (time.time() - began)))
"""


def build(name):
    subprocess.run(["gcc", "-O2", "-o", WORK / name, HERE / f"{name}.c"], check=True)


def cpu_millis(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def thread_millis(pid):
    """The CPU milliseconds of each thread."""
    return {task.name: cpu_millis(f"{pid}/task/{task.name}") for task in pathlib.Path(f"/proc/{pid}/task").iterdir()}


def resident_megabytes(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return round(int(line.split()[1]) / 1024)
    return None


def end(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Crowd:
    """So many processes, until the end of the block."""

    def __init__(self, sleeping, busy=0, stirring=0):
        self.counts = [str(each) for each in (sleeping, busy, stirring)]

    def __enter__(self):
        self.process = subprocess.Popen([WORK / "crowd", *self.counts], stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == b"ready\n"
        time.sleep(2)

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        while True:  # the namespace's first process adopts them, and this is it
            try:
                os.waitpid(-1, 0)
            except ChildProcessError:
                return


def measure(process, warm_up, each_second=lambda: None, seconds=SECONDS):
    """CPU milliseconds a second and megabytes of a program that has begun."""
    for _ in range(warm_up):
        each_second()
        time.sleep(1)
    before, threads, began = cpu_millis(process.pid), thread_millis(process.pid), time.monotonic()
    for _ in range(seconds):
        each_second()
        time.sleep(1)
    passed = time.monotonic() - began
    cost = (cpu_millis(process.pid) - before) / passed
    busiest = max(millis - threads.get(task, 0) for task, millis in thread_millis(process.pid).items()) / passed
    return {"cpuMillisPerSecond": round(cost, 1), "ofBusiestThread": round(busiest, 1),
            "residentMegabytes": resident_megabytes(process.pid)}


def medicd(rules=None):
    folder = pathlib.Path(tempfile.mkdtemp(dir=WORK))
    log = open(folder / "log", "w+")
    command = [ROOT / "target/medicd/bin/medic", "run", "--mode", "observe",
               "--state", folder / "state", "--runtime", folder / "run"]
    process = subprocess.Popen(command + (["--rules", rules] if rules else []), stderr=log)
    try:
        while "medicd ready" not in (folder / "log").read_text():
            assert process.poll() is None, (folder / "log").read_text()
            time.sleep(0.1)
        figures = measure(process, JVM_WARM_UP, seconds=max(SECONDS, TICKS))
        status = subprocess.run([ROOT / "target/medicd/bin/medic", "status", "--json", "--runtime", folder / "run"],
                                check=True, capture_output=True, text=True).stdout
        figures["tick"] = json.loads(status)["tickTimes"]
        return figures
    finally:
        end(process)


def peer(command, **more):
    process = subprocess.Popen(command, **QUIET)
    try:
        return measure(process, WARM_UP, **more)
    finally:
        end(process)


def scrape():
    subprocess.run(["curl", "--noproxy", "*", "-m", "5", "-s", "http://127.0.0.1:19256/metrics"], **QUIET)


def peers():
    monitrc = WORK / "monitrc"
    monitrc.write_text(f"set daemon 1\nset pidfile {WORK}/monit.pid\nset idfile {WORK}/monit.id\n"
                       f"set statefile {WORK}/monit.state\n"
                       'check process one matching "crowd"\n  if cpu > 90% for 5 cycles then alert\n')
    monitrc.chmod(0o600)
    names = WORK / "exporter.yml"
    names.write_text('process_names:\n  - name: "{{.Comm}}"\n    cmdline:\n    - ".+"\n')
    return {
        "top -b -d 1": peer(["top", "-b", "-d", "1"]),
        "monit, one check": peer(["monit", "-c", monitrc, "-I"]),
        "atop": peer(["atop", "-P", "PRC", "1"]),
        "psutil": peer([sys.executable, "-c", PSUTIL]),
        "process-exporter": peer(["prometheus-process-exporter", "-web.listen-address", "127.0.0.1:19256",
                                  "-config.path", names], each_second=scrape)}


def floor():
    """Milliseconds of one look in C: pread on descriptors that stay open, and nothing else."""
    looks = subprocess.run([WORK / "floor", "10"], check=True, capture_output=True, text=True).stdout.split()
    return sorted(float(each) for each in looks)[len(looks) // 2]


def many_rules(count):
    """So many rules: half name a process, half conclude from that, each with a level of its own."""
    folder = WORK / f"rules{count}"
    folder.mkdir()
    fields = ["cpuAvg10", "demandAvg10", "rssBytes", "threads", "zombieChildren"]
    for i in range(count // 2):
        field = fields[i % len(fields)]
        level = 50 + i if field != "rssBytes" else (1 << 30) + (i << 20)
        (folder / f"r{i}.drl").write_text(f"""package bench;
rule "symptom {i}" when $p : Proc( {field} >= {level}, !exempt )
then insertLogical( new Symptom("s{i}", $p.id()) ); end
rule "diagnosis {i}" timer( expr: $for ) when
    Limit( diagnosis == "cpu-runaway", name == "for", $for : millis ) Symptom( name == "s{i}", $id : subject )
then insertLogical( new Diagnosis("d{i}", $id) ); end
""")
    return folder


def ticks(figures):
    tick = figures["tick"]
    return ", ".join(f"{part} {tick[part]['medianMillis']:.2f} / {tick[part]['p99Millis']:.2f}"
                     for part in ("collect", "rule", "rest", "whole"))


def beside_peers(count):
    with Crowd(count - 100, 100):
        figures = {"medicd": medicd(), **peers()}
        least = floor()
    print(f"\n{count} processes, 100 of them busy{'':<14}{'CPU ms/s':>10}{'MB':>7}{'against top':>13}")
    for name, each in figures.items():
        against = each["cpuMillisPerSecond"] / figures["top -b -d 1"]["cpuMillisPerSecond"]
        print(f"  {name:<44}{each['cpuMillisPerSecond']:>10}{each['residentMegabytes'] or 'ended':>7}{against:>13.2f}")
    print(f"  medicd's tick in ms, median / p99: {ticks(figures['medicd'])}; floor in C {least:.2f}", flush=True)
    return {"floorMillis": least, **figures}


def idle():
    figures = {}
    for count in (1000, 10000):
        with Crowd(count):
            figures[count] = each = medicd()
        print(f"\n{count} idle: {each['cpuMillisPerSecond']} ms/s, {each['residentMegabytes']} MB; tick {ticks(each)}",
              flush=True)
    return figures


def busy():
    with Crowd(0, 0, 3000):
        figures = {"floorMillis": floor(), **medicd()}
    print(f"\n3000, all of them stirring: {figures['cpuMillisPerSecond']} ms/s, of the tick's thread"
          f" {figures['ofBusiestThread']} (floor in C {figures['floorMillis']:.2f}); tick {ticks(figures)}", flush=True)
    return figures


def rules():
    figures = {}
    for count in (20, 500):
        with Crowd(900, 100):
            figures[count] = each = medicd(many_rules(count))
        print(f"\n{count} rules, 1000 processes: {each['residentMegabytes']} MB; tick {ticks(each)}", flush=True)
    return figures


def main():
    os.chmod(WORK, 0o700)
    for name in ("crowd", "floor"):
        build(name)
    result = {"seconds": SECONDS}
    for part in PARTS:
        result[part] = beside_peers(int(part)) if part.isdigit() else {"idle": idle, "busy": busy, "rules": rules}[part]()
    (ROOT / "target/bench.json").write_text(json.dumps(result, indent=1))


main()

#!/usr/bin/env python3
"""Cold start and memory of the kiosk beside a bare process of the same binary: bench.py BINARIES"""

import statistics
import subprocess
import sys
import time
import urllib.request

from county import County


def resident(pid):
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0


def answers(url):
    try:
        return urllib.request.urlopen(url, timeout=1).status == 200
    except OSError:
        return False


def cold_start(county):
    begun = time.monotonic()
    process = subprocess.Popen(
        [county.bin / "kiosk", "serve", "--data", county.home / "clinic",
         "--no-courier", "--port", str(county.ports["clinic"])], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not answers(f"http://127.0.0.1:{county.ports['clinic']}/signin"):
        time.sleep(0.002)
    taken = time.monotonic() - begun
    memory = resident(process.pid)
    process.terminate()
    process.wait()
    return taken, memory


def bare(county):
    begun = time.monotonic()
    subprocess.run([county.bin / "kiosk", "--version"], capture_output=True, check=True)
    return time.monotonic() - begun


def main():
    with County(sys.argv[1], people=27000) as county:
        county.start("office")
        county.kiosk("clinic", "sync")
        starts = [cold_start(county) for _ in range(11)]
        rival = statistics.median(bare(county) for _ in range(11))
        taken = statistics.median(start[0] for start in starts)
        memory = statistics.median(start[1] for start in starts)
        print(f"cold start to first page   {taken * 1000:8.0f} ms   bare process {rival * 1000:.0f} ms"
              f"   ratio {taken / rival:.1f}")
        print(f"resident memory, 27,000 on the roll {memory:5.0f} MiB")


if __name__ == "__main__":
    main()

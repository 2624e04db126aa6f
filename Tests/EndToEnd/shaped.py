"""A slow, lossy line between two network namespaces, made of two TUN devices and this process.

Works where the kernel has no traffic shaper of its own. Every packet is counted as it enters the line.
"""

import collections
import fcntl
import os
import random
import select
import struct
import subprocess
import threading
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000
QUEUE_BYTES = 64 * 1024


def available():
    """Why it cannot be used here; None where it can."""
    if os.geteuid() != 0:
        return "needs root for network namespaces"
    if not os.path.exists("/dev/net/tun"):
        return "this machine has no /dev/net/tun"
    if subprocess.run(["ip", "-V"], capture_output=True).returncode:
        return "needs iproute2"
    return None


class Line:
    """One direction: a queue, a rate, a delay and a loss."""

    def __init__(self, bits, delay, loss, seed):
        self.bits, self.delay, self.loss = bits, delay, loss
        self.random = random.Random(seed)
        self.free_at = 0.0
        self.waiting = collections.deque()
        self.bytes = self.packets = self.lost = 0

    def take(self, packet, now):
        self.bytes += len(packet)
        self.packets += 1
        starts = max(now, self.free_at)
        if (starts - now) * self.bits / 8 > QUEUE_BYTES:
            self.lost += 1
            return
        self.free_at = starts + len(packet) * 8 / self.bits
        if self.random.random() < self.loss:
            self.lost += 1
            return
        self.waiting.append((self.free_at + self.delay, packet))

    def due(self, now):
        while self.waiting and self.waiting[0][0] <= now:
            yield self.waiting.popleft()[1]


class Link:
    """county 10.77.0.1 = = kiosk 10.77.0.2"""

    def __init__(self, bits=30_000, delay=0.3, loss=0.05, seed=1):
        self.tag = f"vk{os.getpid()}"
        self.spaces = [f"{self.tag}-county", f"{self.tag}-kiosk"]
        self.shape(bits, delay, loss, seed)
        self.is_cut = self.is_over = False
        self.files = []
        for place, space in enumerate(self.spaces):
            ip("netns", "add", space)
            name = f"{self.tag}t{place}"
            file = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
            fcntl.ioctl(file, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
            self.files.append(file)
            ip("link", "set", name, "netns", space)
            inside(space, "ip", "addr", "add", f"10.77.0.{place + 1}/30", "dev", name)
            inside(space, "ip", "link", "set", name, "up")
            inside(space, "ip", "link", "set", "lo", "up")
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def shape(self, bits, delay, loss, seed=1):
        self.lines = [Line(bits, delay, loss, seed * 2), Line(bits, delay, loss, seed * 2 + 1)]
        self.first = self.last = None

    def run(self):
        while not self.is_over:
            ready, _, _ = select.select(self.files, [], [], 0.002)
            now = time.monotonic()
            for place, file in enumerate(self.files):
                if file in ready:
                    try:
                        packet = os.read(file, 65_536)
                    except OSError:
                        continue
                    # Only IPv4: the kernel's own chatter about IPv6 neighbours is not ours.
                    if packet[0] >> 4 == 4 and not self.is_cut:
                        self.lines[place].take(packet, now)
                        self.first = self.first or now
                for packet in self.lines[place].due(now):
                    if not self.is_cut:
                        self.last = now
                        try:
                            os.write(self.files[1 - place], packet)
                        except OSError:
                            pass

    @property
    def bytes(self):
        return sum(line.bytes for line in self.lines)

    @property
    def seconds(self):
        """From the first packet on the line to the last."""
        return (self.last or 0) - (self.first or 0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.is_over = True
        self.thread.join()
        for file in self.files:
            os.close(file)
        for space in self.spaces:
            subprocess.run(["ip", "netns", "del", space], capture_output=True)


def ip(*arguments):
    subprocess.run(["ip", *arguments], check=True, capture_output=True)


def inside(space, *command):
    subprocess.run(["ip", "netns", "exec", space, *command], check=True, capture_output=True)

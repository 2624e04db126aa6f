#!/usr/bin/env python3
"""Checks a journal from its file alone, written from docs/journal-format.md without our code.

verify.py JOURNAL [--key FILE] [--device HEX] [--county HEX]

--key     the file of the key the journal is sealed with
--device  the device's public key as the county registered it; else the one entry 1 names is used
--county  the county's service key; acknowledgements are checked against it
"""

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import sys
import tempfile

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derived(secret, use):
    info = f"village-kiosk {use} 1".encode()
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(secret)


def is_signed(public, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
        return True
    except (InvalidSignature, ValueError):
        return False


class Journal:
    def __init__(self, path, keys):
        # A copy with its log: what is to be proved stays as it was found.
        with tempfile.TemporaryDirectory() as folder:
            for ending in ("", "-wal"):
                if os.path.exists(path + ending):
                    shutil.copy(path + ending, f"{folder}/journal{ending}")
            database = sqlite3.connect(f"{folder}/journal")
            self.kiosk, check = database.execute("SELECT kiosk, key FROM journal").fetchone()
            self.rows = database.execute("SELECT seq, hash, sealed, bytes FROM entry ORDER BY seq").fetchall()
            self.checkpoints = database.execute("SELECT seq, statement FROM checkpoint").fetchall()
            self.acknowledgements = database.execute("SELECT through, statement FROM acknowledgement").fetchall()
            database.close()
        self.faults, self.heads = [], {0: bytes(32)}
        fitting = [key for key in keys if derived(key, "check")[:8] == check]
        self.cipher = AESGCM(derived(fitting[0], "journal rows")) if fitting else None

    def plain(self, sequence, sealed, stored):
        if not sealed:
            return stored
        if self.cipher is None:
            raise ValueError("no key given that fits")
        bound = f"village-kiosk journal 1\n{self.kiosk}\n{sequence}\n".encode()
        return self.cipher.decrypt(stored[:12], stored[12:], bound)

    def check_chain(self):
        self.first = None
        for place, (sequence, stored_hash, sealed, stored) in enumerate(self.rows, start=1):
            try:
                plain = self.plain(sequence, sealed, stored)
                entry = json.loads(plain)
                self.first = self.first or entry
                if (entry["seq"], entry["kiosk"], sequence) != (place, self.kiosk, place):
                    self.faults.append(f"entry {place} calls itself {entry['kiosk']} {entry['seq']}")
            except (InvalidTag, ValueError, KeyError) as fault:
                self.faults.append(f"entry {place}: {type(fault).__name__} {fault}")
                plain = b""
            self.heads[place] = hashlib.sha256(self.heads[place - 1] + plain).digest()
            if self.heads[place] != stored_hash:
                self.faults.append(f"entry {place}: the bytes do not give the stored hash")

    def check_checkpoints(self, device):
        for sequence, statement in self.checkpoints:
            word = json.loads(statement)
            text = f"village-kiosk checkpoint 1\n{word['kiosk']}\n{word['seq']}\n{word['head']}\n{word['at']}\n"
            if not is_signed(device, word["sig"], text.encode()):
                self.faults.append(f"checkpoint at {sequence}: not signed by the device")
            self.check_head("checkpoint", word["seq"], sequence, word)

    def check_acknowledgements(self, county):
        for through, statement in self.acknowledgements:
            payload, *signatures = statement.split(b"\n")
            signed = (json.loads(line) for line in signatures)
            if not any(line["key"] == county and is_signed(
                    county, line["sig"], b"village-kiosk acknowledgement 1\n" + payload) for line in signed):
                self.faults.append(f"acknowledgement through {through}: not signed by the county")
            word = json.loads(payload)
            self.check_head("acknowledgement", word["through"], through, word)

    def check_head(self, what, sequence, column, word):
        head = self.heads.get(sequence)
        if sequence != column or word["kiosk"] != self.kiosk or head is None or head.hex() != word["head"]:
            self.faults.append(f"{what} at {column}: the head is not this journal's")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("journal")
    parser.add_argument("--key")
    parser.add_argument("--device")
    parser.add_argument("--county")
    options = parser.parse_args()
    keys = [bytes.fromhex(line) for line in open(options.key).read().split()] if options.key else []
    try:
        journal = Journal(options.journal, keys)
    except (sqlite3.Error, TypeError, OSError) as fault:
        sys.exit(f"{options.journal}: not readable as a journal: {fault}")
    journal.check_chain()
    device = options.device or ((journal.first or {}).get("body") or {}).get("publicKey", "")
    journal.check_checkpoints(device)
    if options.county:
        journal.check_acknowledgements(options.county)
    last = len(journal.rows)
    print(json.dumps({
        "kiosk": journal.kiosk, "entries": last, "head": journal.heads[last].hex(),
        "checkpoints": len(journal.checkpoints), "faults": journal.faults,
        "acknowledgedThrough": max((through for through, _ in journal.acknowledgements), default=0),
        "acknowledgementsChecked": bool(options.county)}, ensure_ascii=False))
    sys.exit(1 if journal.faults or not journal.rows else 0)


if __name__ == "__main__":
    main()

"""How fast a corpus is coded, and in how much memory.

    python tests/benchmarks/corpus.py                        400 MB, every engine, one core and two
    python tests/benchmarks/corpus.py --mb 1000 --engine duckdb --cores 2

Each text is two to four test passages in a row, the same in each run, in one Parquet file. MB are
of text in UTF-8; seconds are from start to end of the command. Processor time says more on a
machine that does other things too. Memory is the maximum that the processes held at the same time.
All runs must give the same rows.

Aims: 1.5 MB a second for each core on every engine, and 1.8 times as fast on two cores as on one.
"""

import argparse
import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

PASSAGES = Path(__file__).parent / "passages" / "tuning.jsonl"
ROWS = 5_000  # of a row group, the least that engines part a file into
ENGINES = ("pool", "duckdb", "spark")
SCRIPT = "from threats.cli.main import main; main()"


def write(file, megabytes):
    """Write a corpus of at least so many MB of text; return its size in MB and texts."""
    lines = PASSAGES.read_text(encoding="utf-8").splitlines()
    passages = [json.loads(line)["text"] for line in lines]
    order, size, number = random.Random(20261125), 0, 0
    schema = pa.schema([(name, pa.string()) for name in ("id", "date", "text", "region")])
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while size < megabytes * 1e6:
            rows = []
            for _ in range(ROWS):
                text = "\n\n".join(order.sample(passages, order.randint(2, 4)))
                day = f"{order.randint(2006, 2025)}-{order.randint(1, 12):02}"
                region = order.choice(["", "central_asia", "south_eastern_europe"])
                rows.append({"id": f"text-{number}", "date": day, "text": text, "region": region})
                size, number = size + len(text.encode()), number + 1
                if size >= megabytes * 1e6:
                    break
            writer.write_table(pa.Table.from_pylist(rows, schema))
    return size / 1e6, number


def family(process):
    """Return processor seconds and bytes held by each process that one started, and by itself."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,cputimes=,rss="], capture_output=True, text=True, check=True
    )
    rows = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    own, grown = {process}, True
    while grown:
        more = {pid for pid, parent, *_ in rows if parent in own} - own
        own, grown = own | more, bool(more)
    return {pid: (seconds, 1024 * held) for pid, _, seconds, held in rows if pid in own}


def measured(source, out, engine, cores):
    """Return seconds, processor seconds and the maximum of bytes of a run on so many cores."""
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    arguments = ["code", "--corpus", source, "--out", out, "--engine", engine]
    start, memory, worked = time.monotonic(), 0, {}
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, allowed),
    ) as process:
        while process.poll() is None:
            now = family(process.pid)
            memory = max(memory, sum(held for _, held in now.values()))
            worked |= {pid: seconds for pid, (seconds, _) in now.items()}
            time.sleep(0.5)
    assert process.returncode == 0, f"{engine} failed"
    return time.monotonic() - start, sum(worked.values()), memory


def rows(out):
    """Return a digest of all rows that a run found, whatever their order."""
    digest = hashlib.sha256((out / "rejects.csv").read_bytes() + (out / "counts.csv").read_bytes())
    for name in ("texts", "mentions"):
        table = pq.read_table(out / name)
        for batch in table.sort_by([(key, "ascending") for key in table.column_names]).to_batches():
            digest.update(str(batch.to_pydict()).encode())
    return digest.hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--mb", type=int, default=400)
    parser.add_argument("--engine", action="append", choices=ENGINES)
    parser.add_argument("--cores", action="append", type=int)
    chosen = parser.parse_args()
    found = set()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size, texts = write(folder / "corpus.parquet", chosen.mb)
        print(f"{size:,.0f} MB of text in {texts:,} texts", flush=True)
        for engine in chosen.engine or ENGINES:
            first = None
            for cores in chosen.cores or (1, 2):
                out = folder / "out"
                seconds, worked, memory = measured(folder / "corpus.parquet", out, engine, cores)
                first = first or seconds
                print(
                    f"{engine:7} {cores} core{'s' * (cores > 1)}: {seconds:7.1f} s, "
                    f"{size / seconds / cores:6.2f} MB/s a core, "
                    f"{size / max(worked, 1):6.2f} MB a second of processor time, "
                    f"{first / seconds:4.2f} times as fast, {memory / 1e6:6,.0f} MB of memory",
                    flush=True,
                )
                found.add(rows(out))
                shutil.rmtree(out)
    assert len(found) == 1, "the runs differ"
    print("all runs gave the same rows")


if __name__ == "__main__":
    main()

"""How fast a corpus is coded, and in how much memory.

    python tests/benchmarks/corpus.py                        20 MB, every engine, one core and two
    python tests/benchmarks/corpus.py --mb 1000 --engine duckdb --cores 2

Texts are two to four of the test passages one after the other, the same each time, in one Parquet
file. MB are of text in UTF-8, seconds from start of the command to its end; those of the processor
tell more on a machine that does other things too. Memory is the most that its processes held at
once. The counts of all runs have to be the same.

Measured in November 2026 on a machine of two cores, by processor time as others kept it busy: 1 GB
at 1.8 MB a second and core by pandas and 2.4 by DuckDB, with 1.6 GB of memory on two cores and 0.9
on one (576 s by the clock with DuckDB on one core); 30 MB at 0.2 by Spark, its start included, with
1.3 GB. Java tries alternatives one after the other, where RE2 reads a text once for all of them.

A terabyte on a Spark cluster, on paper: at 0.2 MB a second and core it is 5 million core seconds,
1,390 core hours; on 256 cores 5 to 6 hours. Taken for granted: English texts of some 3
KB (370 million) in Parquet, parted so that every core has work to the end; cores as fast as here;
storage that gives 55 MB/s in all, which any does; ids read once more by themselves and exchanged,
some 15 GB; 53 flags a text kept between the steps, a few GB; steps of 64 GB, so that a broken run
loses half an hour. None of it was run at that size. By the same figures one machine of 32 cores
takes 4 hours with DuckDB, so a cluster pays only where the texts lie on one already.
"""

import argparse
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
ENGINES = ("pandas", "duckdb", "spark")
SCRIPT = "from threats.cli.main import main; main()"


def write(file, megabytes):
    """Write a corpus of at least so many MB of text and return its size in MB and texts."""
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
    """Return seconds, processor seconds and the most bytes of a run on so many cores."""
    allowed = sorted(os.sched_getaffinity(0))[:cores]
    arguments = ["code", "--corpus", source, "--out", out, "--engine", engine]
    start, most, worked = time.monotonic(), 0, {}
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, allowed),
    ) as process:
        while process.poll() is None:
            now = family(process.pid)
            most = max(most, sum(held for _, held in now.values()))
            worked |= {pid: seconds for pid, (seconds, _) in now.items()}
            time.sleep(0.5)
    assert process.returncode == 0, f"{engine} failed"
    return time.monotonic() - start, sum(worked.values()), most


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--mb", type=int, default=20)
    parser.add_argument("--engine", action="append", choices=ENGINES)
    parser.add_argument("--cores", action="append", type=int)
    chosen = parser.parse_args()
    counts = set()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size, texts = write(folder / "corpus.parquet", chosen.mb)
        print(f"{size:,.0f} MB of text in {texts:,} texts", flush=True)
        for engine in chosen.engine or ENGINES:
            for cores in chosen.cores or (1, 2):
                out = folder / "out"
                seconds, worked, most = measured(folder / "corpus.parquet", out, engine, cores)
                print(
                    f"{engine:7} {cores} core{'s' * (cores > 1)}: {seconds:7.1f} s, "
                    f"{size / seconds:6.2f} MB/s, {size / max(worked, 1):6.2f} MB a second of "
                    f"processor time, {most / 1e6:6,.0f} MB of memory",
                    flush=True,
                )
                counts.add((out / "counts.csv").read_text(encoding="utf-8"))
                shutil.rmtree(out)
    assert len(counts) == 1, "the runs differ"
    print("all runs gave the same counts")


if __name__ == "__main__":
    main()

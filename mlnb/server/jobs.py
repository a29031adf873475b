"""Promotions and splits under way: each a process of its own, so that a stuck notebook cannot stop the server."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from mlnb.errors import NotFound
from mlnb.records.runs import new_id

State = Literal["running", "done", "failed", "cancelled"]


@dataclass
class Job:
    """A piece of work on a notebook, and what came of it. Written by its own thread only."""

    id: str
    notebook: Path
    process: subprocess.Popen[str]
    state: State = "running"
    stage: str = "starting"
    result: dict[str, Any] | None = None
    problem: str | None = None
    done: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """The work of one kind that this server does, by id. `what` is a name that `mlnb.server.job_process` knows."""

    def __init__(self, what: str, word: str) -> None:
        self._what = what
        self._word = word
        self._jobs: dict[str, Job] = {}

    def start(self, notebook: Path, **request: object) -> Job:
        """Start the work; the job tells how it goes."""
        asked = json.dumps({"notebook": str(notebook), **request})
        process = subprocess.Popen(  # our own module; the request is a single argument
            [sys.executable, "-P", "-m", "mlnb.server.job_process", self._what, asked],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=notebook.parent,
        )
        job = Job(id=new_id(), notebook=notebook, process=process)
        self._jobs[job.id] = job
        threading.Thread(target=_follow, args=(job, self._word), name=f"mlnb-{job.id}", daemon=True).start()
        return job

    def get(self, job_id: str) -> Job:
        if job_id not in self._jobs:
            raise NotFound(f"there is no {self._word} “{job_id}”")
        return self._jobs[job_id]

    def cancel(self, job_id: str) -> Job:
        """Stop the work; what it had put in place stays, what it had not is gone."""
        job = self.get(job_id)
        if job.state == "running":
            job.state = "cancelled"
            job.process.terminate()
            job.done.wait(10)
            if job.result is not None:  # it was done already
                job.state = "done"
        return job

    def stop(self) -> None:
        for job in self._jobs.values():
            if job.state == "running":
                self.cancel(job.id)


def _follow(job: Job, word: str) -> None:
    """Read the process's lines: a stage, the result or the refusal, each as one JSON object."""
    errors: list[str] = []
    assert job.process.stdout is not None
    assert job.process.stderr is not None
    drain = threading.Thread(target=errors.extend, args=(job.process.stderr,), daemon=True)
    drain.start()
    with job.process:  # closes the pipes and takes the exit status
        for text in job.process.stdout:
            _take(job, text)
        drain.join(5)
    if job.state == "running":
        job.state = "done" if job.result is not None else "failed"
        if job.state == "failed" and job.problem is None:
            last = [line.strip() for line in errors if line.strip()][-1:]
            job.problem = f"the {word} stopped without a result{': ' + last[0] if last else ''}"
    job.done.set()


def _take(job: Job, text: str) -> None:
    try:
        message = json.loads(text)
    except ValueError:
        return  # something that the notebook's code printed
    match message:
        case {"stage": str(stage)}:
            job.stage = stage
        case {"result": dict(result)}:
            job.result = result
        case {"problem": str(problem)}:
            job.problem = problem

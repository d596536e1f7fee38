"""The floor: the least that Flask can do to save an answer, and to serve a page that never changes."""

from __future__ import annotations

import os
import queue
from datetime import UTC, datetime

import psycopg
from flask import Flask, Response, jsonify, request

TABLES = """
CREATE TABLE floor_attempts (
  id text PRIMARY KEY, owner text NOT NULL, answers_until timestamptz NOT NULL, submitted_at timestamptz);
CREATE TABLE floor_answers (
  attempt text REFERENCES floor_attempts, item text, response text NOT NULL, sequence integer NOT NULL,
  first_at timestamptz NOT NULL, saved_at timestamptz NOT NULL, changes integer NOT NULL,
  PRIMARY KEY (attempt, item));
"""
UPSERT = """
INSERT INTO floor_answers SELECT %(attempt)s, %(item)s, %(response)s, %(sequence)s, %(now)s, %(now)s, 0
WHERE EXISTS (SELECT 1 FROM floor_attempts WHERE id = %(attempt)s AND owner = %(owner)s
  AND submitted_at IS NULL AND answers_until > %(now)s FOR SHARE)
ON CONFLICT (attempt, item) DO UPDATE SET response = excluded.response, sequence = excluded.sequence,
  saved_at = excluded.saved_at, changes = floor_answers.changes + 1
WHERE excluded.sequence >= floor_answers.sequence
RETURNING response, sequence, saved_at
"""
POOL = 4  # connections a worker: as many as it has threads
pool: queue.LifoQueue[psycopg.Connection] = queue.LifoQueue()
app = Flask(__name__)


@app.post("/attempts/<attempt>/<item>")
def answer(attempt: str, item: str) -> tuple[Response, int]:
    form = request.form
    values = {
        "attempt": attempt,
        "item": item,
        "owner": form["form"],
        "response": form["response"],
        "sequence": int(form["sequence"]),
        "now": datetime.now(UTC),
    }
    connection = pool.get()
    try:
        row = connection.execute(UPSERT, values, prepare=True).fetchone()
    finally:
        pool.put(connection)
    if row is None:
        return jsonify(state="over"), 409
    return jsonify(state="saved", sequence=row[1] + 1, at=row[2].strftime("%H:%M")), 200


@app.get("/constant/<int:size>")
def constant(size: int) -> Response:
    return Response(CONSTANT[:size], mimetype="text/html")


CONSTANT = b"x" * 1_000_000
if "FLOOR_DATABASE" in os.environ:
    for _ in range(POOL):
        pool.put(psycopg.connect(os.environ["FLOOR_DATABASE"], autocommit=True))

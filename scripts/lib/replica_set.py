"""Forms the replica set rs0 when it is not formed yet, and returns when every member has what the primary writes.

usage: replica_set.py [--client SUBJECT] PORT...

SUBJECT is that of a client certificate with which every database may be read and written.
"""

import argparse
import sys

import pymongo
from pymongo.errors import OperationFailure, PyMongoError

NOT_YET_INITIALIZED = 94
MILLISECONDS = 60_000
USER_EXISTS = 51003


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--client")
    parser.add_argument("ports", nargs="+")
    arguments = parser.parse_args()
    hosts = [f"127.0.0.1:{port}" for port in arguments.ports]
    initiate(hosts)
    # The driver looks for a primary by itself, so this waits for the election.
    with pymongo.MongoClient(hosts, replicaSet="rs0", serverSelectionTimeoutMS=MILLISECONDS) as client:
        concern = {"w": len(hosts), "j": True, "wtimeout": MILLISECONDS}
        client.admin.command("appendOplogNote", 1, data={"services": "started"}, writeConcern=concern)
        if arguments.client:
            allow(client, arguments.client)


def allow(client: pymongo.MongoClient, subject: str) -> None:
    try:
        client["$external"].command("createUser", subject, roles=[{"role": "root", "db": "admin"}])
    except OperationFailure as error:
        if error.code != USER_EXISTS:
            raise


def initiate(hosts: list[str]) -> None:
    with pymongo.MongoClient(hosts[0], directConnection=True, serverSelectionTimeoutMS=MILLISECONDS) as client:
        try:
            client.admin.command("replSetGetStatus")
        except OperationFailure as error:
            if error.code != NOT_YET_INITIALIZED:
                raise
            members = [{"_id": index, "host": host} for index, host in enumerate(hosts)]
            settings = {"electionTimeoutMillis": 5_000}
            client.admin.command("replSetInitiate", {"_id": "rs0", "members": members, "settings": settings})


try:
    main()
except PyMongoError as error:
    sys.exit(f"error: {error}")

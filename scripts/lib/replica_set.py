"""Forms the replica set rs0 when it is not formed yet, and returns when every member has what the primary writes.

usage: replica_set.py PORT...
"""

import sys

import pymongo
from pymongo.errors import OperationFailure, PyMongoError

NOT_YET_INITIALIZED = 94
MILLISECONDS = 60_000


def main() -> None:
    hosts = [f"127.0.0.1:{port}" for port in sys.argv[1:]]
    initiate(hosts)
    # The driver looks for a primary by itself, so this waits for the election.
    with pymongo.MongoClient(hosts, replicaSet="rs0", serverSelectionTimeoutMS=MILLISECONDS) as client:
        concern = {"w": len(hosts), "j": True, "wtimeout": MILLISECONDS}
        client.admin.command("appendOplogNote", 1, data={"services": "started"}, writeConcern=concern)


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

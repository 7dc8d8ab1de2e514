#!/usr/bin/env python3
"""A plain consumer of `config.changes`: it binds a queue of its own, takes so many messages and holds each of them, its properties and
headers included, against schemas/asyncapi.yaml. Prints one line for each, and ends with 1 when one does not fit.

    consume_events.py AMQP-URI EXCHANGE COUNT SCHEMAS
"""
import json
import pathlib
import sys

import jsonschema
import pika
import yaml

KEYS = ["config.#", "schema.#"]


def resolved(value, document):
    while isinstance(value, dict) and "$ref" in value and value["$ref"].startswith("#/"):
        target = document
        for part in value["$ref"][2:].split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        value = target
    return value


class Contract:
    def __init__(self, folder):
        self.folder = folder
        self.document = yaml.safe_load((folder / "asyncapi.yaml").read_text())
        channel = self.document["channels"]["changes"]
        self.messages = {}
        for message in channel["messages"].values():
            message = resolved(message, self.document)
            self.messages[message["name"]] = message

    def payload_schema(self, message):
        place = message["payload"]["schema"]["$ref"]
        return json.loads((self.folder / place).read_text())

    def faults(self, method, properties, body):
        message = self.messages.get(properties.type)
        if message is None:
            return [f"there is no message '{properties.type}'"]
        faults = []
        schemas = [
            ("headers", message["headers"], properties.headers or {}),
            ("properties", message["x-amqp-properties"], self.fields(properties)),
            ("payload", self.payload_schema(message), json.loads(body)),
        ]
        for name, schema, value in schemas:
            schema = resolved(schema, self.document)
            validator = jsonschema.validators.validator_for(schema, jsonschema.Draft202012Validator)
            checker = validator(schema, format_checker=validator.FORMAT_CHECKER)
            faults += [f"{name} {error.json_path}: {error.message}" for error in checker.iter_errors(value)]
        # More may be added for readers, but is described then.
        described = resolved(message["headers"], self.document)["properties"]
        faults += [f"the header {name} is not described" for name in sorted(set(properties.headers) - set(described))]
        envelope = json.loads(body)
        if properties.message_id != envelope["event_id"]:
            faults.append("message_id is not event_id")
        data = envelope["data"]
        environment = "~" if data["environment"] == "~schema" else data["environment"]
        kind = "schema" if data["environment"] == "~schema" else "config"
        if properties.headers["CC"] != [f"{kind}.{environment}.{data['service_name']}"]:
            faults.append(f"CC is {properties.headers['CC']}")
        if method.routing_key != f"{kind}.{data['change_type']}":
            faults.append(f"the routing key is {method.routing_key}")
        return faults

    @staticmethod
    def fields(properties):
        """The properties of AMQP 0-9-1 that are set, beside the header table."""
        names = ["content_type", "content_encoding", "delivery_mode", "priority", "correlation_id", "reply_to", "expiration",
                 "message_id", "timestamp", "type", "user_id", "app_id"]
        return {name: getattr(properties, name) for name in names if getattr(properties, name) is not None}


def main():
    uri, exchange, count, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), pathlib.Path(sys.argv[4])
    contract = Contract(folder)
    connection = pika.BlockingConnection(pika.URLParameters(uri))
    channel = connection.channel()
    channel.exchange_declare(exchange, exchange_type="topic", durable=True)
    queue = channel.queue_declare("", exclusive=True).method.queue
    for key in KEYS:
        channel.queue_bind(queue, exchange, key)
    print("ready", flush=True)
    bad = 0
    for method, properties, body in channel.consume(queue, auto_ack=True, inactivity_timeout=30):
        if method is None:
            print("no more messages came", flush=True)
            return 1
        faults = contract.faults(method, properties, body)
        bad += len(faults)
        headers = ",".join(sorted(properties.headers))
        print(f"{properties.type} {method.routing_key} {headers} {'; '.join(faults) or 'fits'}", flush=True)
        count -= 1
        if count == 0:
            break
    connection.close()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

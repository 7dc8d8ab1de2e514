"""What `schemathesis` does beside its own checks. OpenAPI cannot say everything that the API's documentation says; these rules are
kept here, so that a request that the description calls valid is one."""
import os
import re
import uuid

import schemathesis

EPOCH = re.compile(r"[1-9][0-9]{0,18}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OPEN = {"/health", "/health/live", "/health/ready", "/openapi.yaml"}
# A problem of these types says that the request is wrong, whatever the store holds.
FORM = {
    "invalid-json", "unknown-field", "invalid-parameter", "invalid-header", "invalid-name", "invalid-override", "unexpected-body",
    "missing-content", "not-an-object", "invalid-field", "invalid", "unsupported-media-type",
}


def whole(value):
    """JSON Schema calls 3.0 an integer; the registry wants it written without a fraction."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [whole(element) for element in value]
    if isinstance(value, dict):
        return {key: whole(element) for key, element in value.items()}
    return value


def is_number(text):
    return str(text).isdigit() and 1 <= int(text) < 2**63


def is_positive(case):
    meta = getattr(case, "meta", None)
    return meta is None or meta.generation.mode.is_positive


@schemathesis.hook
def before_call(context, case, kwargs):
    # 503 is what the description says about another store's epoch, and about a version that is not there yet.
    if case.operation.label == "GET /api/configs/{service}" and case.query:
        if EPOCH.fullmatch(str(case.query.get("epoch", ""))):
            del case.query["epoch"]
        if is_number(case.query.get("min_version", "")):
            case.query["min_version"] = 1
        if re.fullmatch(r"[0-9]+(ms|s|m)", str(case.query.get("wait", ""))) and is_positive(case):
            case.query["wait"] = "50ms"
    if not is_positive(case):
        return
    body = case.body if isinstance(case.body, (dict, list)) else None
    if body is not None:
        case.body = body = whole(body)
    headers, query = case.headers or {}, case.query or {}
    # One expectation, not two.
    given = ("expected_version" in query) or (isinstance(body, dict) and body.get("expected_version") is not None)
    if given and "If-Match" in headers:
        del case.headers["If-Match"]
    if isinstance(body, dict) and body.get("expected_version") is not None and "expected_version" in query:
        del case.query["expected_version"]
    # A key is for one request.
    if "Idempotency-Key" in headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    # `version` excludes the other parameters.
    if case.operation.label == "GET /api/configs/{service}" and "version" in query:
        case.query = query = {key: value for key, value in query.items() if key in ("version", "environment")}
    # A set makes one version of each document.
    if case.operation.label == "POST /api/changesets" and isinstance(body, dict):
        seen = {}
        for document in body.get("documents") or []:
            if isinstance(document, dict):
                key = (document.get("service_name"), document.get("environment") or "default", "schema" in document)
                seen.setdefault(key, document)
        body["documents"] = list(seen.values()) or body.get("documents")
        # What can be let pass depends on the documents.
        if body.get("override"):
            body["override"] = []
    # An overlay is not waited for.
    if "overlay" in query and "wait" in query:
        del case.query["wait"]
    if case.operation.label == "POST /api/denials" and isinstance(body, dict) and body.get("until"):
        body["until"] = "2999-01-01T00:00:00Z"
    # No environment is promoted into itself, and a checkpoint is of the log in the path.
    if case.operation.path.endswith("/promote") and isinstance(body, dict):
        if body.get("from_environment") == query.get("environment", "default"):
            body["from_environment"] = "elsewhere"
    if case.operation.path == "/api/audit/anchors/{log}" and isinstance(body, dict) and "log" in body:
        body["log"] = case.path_parameters["log"]
    # The coverage of headers makes none with quotes in it.
    for name in ("If-None-Match", "If-Match"):
        if name in headers and name in (case.headers or {}) and '"' not in str(headers[name]) and headers[name] != "*":
            case.headers[name] = '"1.7"'
    # At most so many bytes, which a schema cannot count.
    if "owner" in query and query["owner"]:
        case.query["owner"] = "".join(c for c in str(query["owner"]) if c.isprintable())[:100] or "owner"


@schemathesis.check
def taken_for_its_form(ctx, response, case):
    """A request that fits the description is refused for what is stored or permitted, never for its form."""
    if not is_positive(case) or not 400 <= response.status_code < 500:
        return
    try:
        problem = response.json().get("type")
    except Exception:
        return
    if problem in FORM:
        raise AssertionError(f"{problem}: {response.json().get('detail')}")


@schemathesis.check
def closed(ctx, response, case):
    """Without a credential everything but the open calls is 401. Only where CONFIGBUS_CONTRACT_CLOSED is set."""
    if not os.environ.get("CONFIGBUS_CONTRACT_CLOSED"):
        return
    is_open = case.operation.path in OPEN and response.request.method in ("GET", "HEAD")
    if not is_open and response.status_code not in (401, 400):
        raise AssertionError(f"{response.status_code} without a credential")
    if response.status_code == 400 and response.json().get("type") not in ("malformed-request", "invalid-header"):
        raise AssertionError(f"{response.json().get('type')} without a credential")

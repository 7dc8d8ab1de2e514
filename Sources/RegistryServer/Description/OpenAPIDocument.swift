// swift-format-ignore-file
// Made from schemas/openapi.yaml by scripts/lib/openapi.py.

/// The description of the API, as `/openapi.yaml` serves it.
enum OpenAPIDocument {
    static let text: StaticString = #"""
        openapi: 3.1.0
        info:
          title: ConfigBus registry
          version: "1.0"
          license:
            name: Apache-2.0
            identifier: Apache-2.0
          description: |
            The registry keeps every version of every configuration document, announces each new version, and serves them.

            * Unknown query parameters and unknown fields of a body are refused by name.
            * Every error is a problem document (RFC 9457) whose `detail` is one sentence that says what to do and whose `type` is
              one stable word.
            * `config_data` in a response is the canonical form of the content, byte for byte: keys sorted by their UTF-8 bytes, no
              white space, numbers as they were written.
            * Every response to a write names its change in `Idempotency-Key`, refusals and failures too. Sending the same request
              again under the same key makes no second version.
            * Every `GET` can be asked as `HEAD`.
            * Where the store has a token, every call but `/health`, `/health/live`, `/health/ready` and this description needs
              `Authorization: Bearer TOKEN` (401 `unauthenticated`), and what an identity may not do is refused (403 `not-allowed`), the
              same whether a document exists or not. `created_by` is the identity then, whatever the request says.
            * Without authentication the server listens on a loopback address, answers only to a loopback name in `Host` (403
              `not-allowed-host`), to no other `Origin` (403 `not-allowed-origin`) and to nothing forwarded (403 `forwarded`).
        servers:
          - url: http://127.0.0.1:8000
        security:
          - bearer: []
          - {}

        paths:
          /api/configs:
            get:
              summary: The newest versions of many documents
              operationId: listConfigs
              parameters:
                - { name: service_name, in: query, description: Only this service., schema: { $ref: "#/components/schemas/ServiceName" } }
                - name: prefix
                  in: query
                  description: |
                    Only services that are this name or lie below it, by whole dot-separated segments: `tenants.acme` means
                    `tenants.acme` and `tenants.acme.monitors`, not `tenants.acme2`.
                  schema: { $ref: "#/components/schemas/ServiceName" }
                - name: environment
                  in: query
                  description: Only this environment; all when it is left out.
                  schema: { $ref: "#/components/schemas/EnvironmentName" }
                - { name: deleted, in: query, description: Deleted documents too., schema: { type: boolean, default: false } }
                - name: view
                  in: query
                  description: "`heads`: the records without `config_data`."
                  schema: { type: string, enum: [heads] }
                - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 1000, default: 100 } }
                - { name: cursor, in: query, description: From the `Link` header of the page before., schema: { type: string } }
              responses:
                "200":
                  description: |
                    Records in the order of environment and service. A page ends earlier than at `limit` when the contents on it
                    are large; there is a next page exactly when there is a `Link` header.
                  headers:
                    Link:
                      description: "`</api/configs?...>; rel=\"next\"`"
                      schema: { type: string }
                    Config-Damaged:
                      description: "Documents that were left out because their newest version is damaged in the store: `prod/parsing@2 ...`"
                      schema: { type: string }
                  content:
                    application/json:
                      schema: { type: array, items: { $ref: "#/components/schemas/Record" } }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "500": { $ref: "#/components/responses/Failed" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }

          /api/configs:batchGet:
            post:
              summary: The newest versions of some documents
              description: |
                Each document is answered in its place, as `GET` of it would be, but whole. A minimum version that is not reached
                is not waited for. The list of responses ends earlier than that of the requests when the contents in it are large:
                ask again for the rest.
              operationId: getConfigs
              parameters:
                - name: Cache-Control
                  in: header
                  description: "`no-cache`: as the store has them; what the registry remembers may be a second old."
                  schema: { type: string }
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      additionalProperties: false
                      required: [documents]
                      properties:
                        documents:
                          type: array
                          minItems: 1
                          maxItems: 256
                          items:
                            type: object
                            additionalProperties: false
                            required: [service_name]
                            properties:
                              service_name: { $ref: "#/components/schemas/ServiceName" }
                              environment:
                                description: The default one when it is left out or null.
                                anyOf: [{ $ref: "#/components/schemas/EnvironmentName" }, { type: "null" }]
                              if_none_match:
                                description: The ETag of the version that the reader has; null counts as absent.
                                type: [string, "null"]
                                pattern: "^\"(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})\"$"
                              min_version: { type: [integer, "null"], format: int64, minimum: 1, description: Null counts as absent. }
                              epoch:
                                description: Null counts as absent.
                                anyOf: [{ $ref: "#/components/schemas/Epoch" }, { type: "null" }]
              responses:
                "200":
                  description: One response for each of the first documents, at least one.
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [documents]
                        properties:
                          epoch_statement: { $ref: "#/components/schemas/EpochStatement" }
                          documents:
                            type: array
                            items:
                              type: object
                              required: [status]
                              properties:
                                status: { type: integer, description: "200 (a deleted document too: its tombstone), 304, or that of the problem." }
                                etag: { type: string, description: With 200 and 304. }
                                epoch: { $ref: "#/components/schemas/Epoch", description: "The store's; with 200." }
                                record: { $ref: "#/components/schemas/Record" }
                                problem: { $ref: "#/components/schemas/Problem" }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "413": { $ref: "#/components/responses/TooLarge" }
                "415": { $ref: "#/components/responses/UnsupportedMediaType" }
                "422": { $ref: "#/components/responses/Unprocessable" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "500": { $ref: "#/components/responses/Failed" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }

          /api/configs/{service}:
            parameters:
              - { $ref: "#/components/parameters/Service" }
              - { $ref: "#/components/parameters/Environment" }
            get:
              summary: The bare content of a document
              operationId: getConfig
              parameters:
                - name: version
                  in: query
                  description: This version instead of the newest; excludes the other parameters.
                  schema: { type: integer, format: int64, minimum: 1 }
                - name: min_version
                  in: query
                  description: |
                    Nothing older than this version. The registry waits a little for it; a version more than 1,000 above the newest
                    is not waited for.
                  schema: { type: integer, format: int64, minimum: 1 }
                - name: epoch
                  in: query
                  description: |
                    The epoch in which the caller knows versions. `min_version` means nothing in an earlier epoch than the store's;
                    a later one is answered with 503 `foreign-epoch`.
                  schema: { $ref: "#/components/schemas/Epoch" }
                - name: wait
                  in: query
                  description: |
                    Holds the response for so long while it would be 304, 404 `unknown` or 503 `behind`: `500ms`, `30s`, `1m`; at most
                    60s.
                  schema: { type: string, pattern: "^[0-9]{1,9}(ms|s|m)$" }
                - name: overlay
                  in: query
                  description: |
                    The environment's document merged over the one of the environment `default` (RFC 7396). `Config-Version` and
                    `Config-Default-Version` are 0 where there is no living document.
                  schema: { type: boolean, default: false }
                - name: If-None-Match
                  in: header
                  description: ETags that the caller has, or `*`; compared weakly.
                  schema: { type: string, pattern: "^(\\*|(W/)?\"[0-9.]+\"(, *(W/)?\"[0-9.]+\")*)$" }
                - name: Cache-Control
                  in: header
                  description: |
                    With `no-cache` the response comes from a read of the store that began after the request; without, a registry may
                    remember what it knew a second ago.
                  schema: { type: string }
              responses:
                "200":
                  description: The content in canonical form, nothing around it.
                  headers:
                    ETag: { $ref: "#/components/headers/ETag" }
                    Config-Version: { $ref: "#/components/headers/ConfigVersion" }
                    Config-Hash: { $ref: "#/components/headers/ConfigHash" }
                    Config-Record-Hash: { $ref: "#/components/headers/ConfigRecordHash" }
                    Config-Epoch: { $ref: "#/components/headers/ConfigEpoch" }
                    Config-Epoch-Signature: { $ref: "#/components/headers/ConfigEpochSignature" }
                    Config-Record-Epoch: { $ref: "#/components/headers/ConfigRecordEpoch" }
                    Config-Change-Type: { $ref: "#/components/headers/ConfigChangeType" }
                    Config-Signature: { $ref: "#/components/headers/ConfigSignature" }
                    Config-Key-Id: { $ref: "#/components/headers/ConfigKeyId" }
                    Config-Default-Version: { $ref: "#/components/headers/ConfigDefaultVersion" }
                    Last-Modified: { schema: { type: string } }
                  content:
                    application/json: { schema: { $ref: "#/components/schemas/Content" } }
                "304": { description: The caller has this version; also said of a deleted document. }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "404":
                  description: |
                    `unknown`, `unknown-version`, or `deleted` with the members `version` and `epoch` and the headers of a 200 that
                    say which version deleted the document.
                  content:
                    application/problem+json: { schema: { $ref: "#/components/schemas/Problem" } }
                "429": { $ref: "#/components/responses/RateLimited" }
                "500": { $ref: "#/components/responses/Failed" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }
            post:
              summary: Create a document
              description: The first version, or after a deletion the next one.
              operationId: createConfig
              parameters: &writeParameters
                - { $ref: "#/components/parameters/ExpectedVersion" }
                - { $ref: "#/components/parameters/IfMatch" }
                - { $ref: "#/components/parameters/IdempotencyKey" }
                - { $ref: "#/components/parameters/CorrelationID" }
                - { $ref: "#/components/parameters/Prefer" }
              requestBody: { $ref: "#/components/requestBodies/Change" }
              responses:
                "201": { $ref: "#/components/responses/Record" }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "409": { $ref: "#/components/responses/Exists" }
                "412": { $ref: "#/components/responses/VersionMismatch" }
                "413": { $ref: "#/components/responses/TooLarge" }
                "415": { $ref: "#/components/responses/UnsupportedMediaType" }
                "422": { $ref: "#/components/responses/Unprocessable" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "500": { $ref: "#/components/responses/Failed" }
                "503": { $ref: "#/components/responses/Unavailable" }
                "507": { $ref: "#/components/responses/NoRoom" }
                default: { $ref: "#/components/responses/Other" }
            put:
              summary: The next version of a living document
              description: Without an expected version concurrent writers all succeed, one version each.
              operationId: updateConfig
              parameters: *writeParameters
              requestBody: { $ref: "#/components/requestBodies/Change" }
              responses: &changeResponses
                "200": { $ref: "#/components/responses/Record" }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "404": { $ref: "#/components/responses/NotFound" }
                "412": { $ref: "#/components/responses/VersionMismatch" }
                "413": { $ref: "#/components/responses/TooLarge" }
                "415": { $ref: "#/components/responses/UnsupportedMediaType" }
                "422": { $ref: "#/components/responses/Unprocessable" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "500": { $ref: "#/components/responses/Failed" }
                "503": { $ref: "#/components/responses/Unavailable" }
                "507": { $ref: "#/components/responses/NoRoom" }
                default: { $ref: "#/components/responses/Other" }
            patch:
              summary: The next version as a patch makes it of the newest
              operationId: patchConfig
              parameters: &parametersWithoutBody
                - { $ref: "#/components/parameters/ExpectedVersion" }
                - { $ref: "#/components/parameters/Comment" }
                - { $ref: "#/components/parameters/CreatedBy" }
                - { $ref: "#/components/parameters/IfMatch" }
                - { $ref: "#/components/parameters/IdempotencyKey" }
                - { $ref: "#/components/parameters/CorrelationID" }
                - { $ref: "#/components/parameters/Prefer" }
              requestBody:
                required: true
                content:
                  application/merge-patch+json: { schema: { type: object } }
                  application/json-patch+json: { schema: { $ref: "#/components/schemas/JSONPatch" } }
              responses: *changeResponses
            delete:
              summary: Delete a document
              description: Appends the version that says "deleted"; numbers are never used again.
              operationId: deleteConfig
              parameters: *parametersWithoutBody
              responses:
                "200":
                  description: What was done.
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [deleted]
                        properties:
                          deleted: { type: integer, enum: [0, 1], description: 0 when there was nothing to delete. }
                          version: { type: integer, format: int64 }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "412": { $ref: "#/components/responses/VersionMismatch" }
                "422": { $ref: "#/components/responses/Unprocessable" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "500": { $ref: "#/components/responses/Failed" }
                "503": { $ref: "#/components/responses/Unavailable" }
                "507": { $ref: "#/components/responses/NoRoom" }
                default: { $ref: "#/components/responses/Other" }

          /api/configs/{service}/history:
            parameters:
              - { $ref: "#/components/parameters/Service" }
              - { $ref: "#/components/parameters/Environment" }
            get:
              summary: The versions of a document, newest first
              operationId: getHistory
              parameters:
                - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 1000, default: 10 } }
                - name: before_version
                  in: query
                  description: Only versions below this one.
                  schema: { type: integer, format: int64, minimum: 1 }
              responses:
                "200":
                  description: Full records; empty when the document never existed.
                  content:
                    application/json:
                      schema: { type: array, items: { $ref: "#/components/schemas/Record" } }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "500": { $ref: "#/components/responses/Failed" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }

          /api/configs/{service}/versions/{version}:
            parameters:
              - { $ref: "#/components/parameters/Service" }
              - { name: version, in: path, required: true, schema: { type: integer, format: int64, minimum: 1 } }
              - { $ref: "#/components/parameters/Environment" }
            get:
              summary: One version, whole
              operationId: getVersion
              responses:
                "200": { $ref: "#/components/responses/Record" }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "404": { $ref: "#/components/responses/NotFound" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "500": { $ref: "#/components/responses/Failed" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }

          /api/configs/{service}/diff:
            parameters:
              - { $ref: "#/components/parameters/Service" }
              - { $ref: "#/components/parameters/Environment" }
            get:
              summary: What changed between two versions
              operationId: getDiff
              parameters:
                - name: old_version
                  in: query
                  description: The one before `new_version` when it is left out.
                  schema: { type: integer, format: int64, minimum: 1 }
                - name: new_version
                  in: query
                  description: The newest when it is left out.
                  schema: { type: integer, format: int64, minimum: 1 }
              responses:
                "200":
                  description: By top-level member, and as a patch.
                  content:
                    application/json: { schema: { $ref: "#/components/schemas/Diff" } }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "404": { $ref: "#/components/responses/NotFound" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "500": { $ref: "#/components/responses/Failed" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }

          /api/configs/{service}/rollback:
            parameters:
              - { $ref: "#/components/parameters/Service" }
              - { $ref: "#/components/parameters/Environment" }
            post:
              summary: Publish the content of an earlier version once more
              description: Also brings a deleted document back.
              operationId: rollbackConfig
              parameters: *writeParameters
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      additionalProperties: false
                      required: [to_version]
                      properties:
                        to_version: { type: integer, format: int64, minimum: 1 }
                        comment: { $ref: "#/components/schemas/GivenComment" }
                        created_by: { $ref: "#/components/schemas/GivenAuthor" }
                        expected_version: { $ref: "#/components/schemas/GivenVersion" }
              responses: *changeResponses

          /api/audit/anchors/{log}:
            parameters:
              - { name: log, in: path, required: true, description: The audit's `--name`; `default` without one., schema: { $ref: "#/components/schemas/EnvironmentName" } }
            get:
              summary: The newest checkpoint of an audit log
              operationId: getAuditAnchor
              responses:
                "200":
                  description: The checkpoint as the audit signed it. A program that verifies a log checks the signature.
                  content:
                    application/json:
                      schema: { $ref: "#/components/schemas/AuditCheckpoint" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "404": { description: There is none. }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }
            put:
              summary: Keep a checkpoint of an audit log
              description: |
                Kept is what one of the registry's `--audit-keys` signed for this log; a registry without them keeps nothing. The
                number of entries never goes back. Doing it again changes nothing. The first identity that raises a log's anchor owns
                the log; an administrator of all documents gives it to another one with `owner`.
              operationId: raiseAuditAnchor
              parameters:
                - { name: owner, in: query, description: The identity that the log belongs to from now on., schema: { type: string, minLength: 1, maxLength: 512 } }
              requestBody:
                required: true
                content:
                  application/json:
                    schema: { $ref: "#/components/schemas/AuditCheckpoint" }
              responses:
                "200":
                  description: It is kept.
                  content:
                    application/json:
                      schema: { $ref: "#/components/schemas/AuditCheckpoint" }
                "400": { $ref: "#/components/responses/BadRequest" }
                "403":
                  description: "`untrusted-checkpoint`: not signed by one of the registry's `--audit-keys`, or it has none. `foreign-log`: the log belongs to the identity in the member `owner`."
                  content: { application/problem+json: { schema: { $ref: "#/components/schemas/Problem" } } }
                "409": { description: "What is kept does not fit: the log was cut off or rewritten, or another has its name." }
                "422": { $ref: "#/components/responses/Unprocessable" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                "507": { $ref: "#/components/responses/NoRoom" }
                default: { $ref: "#/components/responses/Other" }

          /api/tokens:
            get:
              summary: The tokens within the caller's own grants
              description: Ended ones too, in the order in which they were made. Their texts are kept nowhere.
              operationId: listTokens
              responses:
                "200":
                  description: All of them.
                  content:
                    application/json:
                      schema: { type: array, items: { $ref: "#/components/schemas/Token" } }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }
            post:
              summary: Make a token
              description: |
                For an administrator whose own grants include those of the token. The text is in this response only. The first token
                is made at the store: `configbus token bootstrap`.
              operationId: createToken
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      additionalProperties: false
                      required: [name, grants]
                      properties:
                        name: { $ref: "#/components/schemas/TokenName", not: { enum: [bootstrap, anonymous] } }
                        grants:
                          type: array
                          minItems: 1
                          maxItems: 32
                          items: { $ref: "#/components/schemas/Grant" }
                        rights:
                          description: What it may do beside its grants; null counts as absent.
                          type: [array, "null"]
                          items: { $ref: "#/components/schemas/Right" }
                        expires_in: { $ref: "#/components/schemas/GivenLifetime" }
                        expires:
                          description: "`never` instead of `expires_in`; only an administrator of everything (`admin:#/*`) may say it. Null counts as absent."
                          enum: [never, null]
                        comment: { $ref: "#/components/schemas/TokenComment" }
                      not:
                        required: [expires, expires_in]
                        properties: { expires: { const: never }, expires_in: { not: { type: "null" } } }
              responses: &issuedResponses
                "201":
                  description: The token, with its text.
                  headers:
                    Location: { schema: { type: string } }
                  content:
                    application/json:
                      schema:
                        allOf: [{ $ref: "#/components/schemas/Token" }]
                        type: object
                        required: [token]
                        properties:
                          token: { $ref: "#/components/schemas/TokenText" }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "404": { $ref: "#/components/responses/Absent" }
                "409": { description: "`name-taken`: the name belongs to other grants or rights, also when its tokens have ended. `token-ended`: none can follow it. `too-many`.", content: { application/problem+json: { schema: { $ref: "#/components/schemas/Problem" } } } }
                "413": { $ref: "#/components/responses/TooLarge" }
                "415": { $ref: "#/components/responses/UnsupportedMediaType" }
                "422": { $ref: "#/components/responses/Unprocessable" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                "507": { $ref: "#/components/responses/NoRoom" }
                default: { $ref: "#/components/responses/Other" }

          /api/tokens/{id}:
            parameters:
              - { $ref: "#/components/parameters/AccessID" }
            get:
              summary: One token
              operationId: getToken
              responses:
                "200": { description: What is kept of it., content: { application/json: { schema: { $ref: "#/components/schemas/Token" } } } }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "404": { $ref: "#/components/responses/Absent" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }
            delete:
              summary: Revoke a token
              description: |
                Within 5 seconds no registry of the store takes it, and what it had opened has ended.
              operationId: revokeToken
              responses:
                "200":
                  description: What was done.
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [revoked]
                        properties:
                          revoked: { type: integer, enum: [0, 1], description: 0 when it was revoked before. }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "404": { $ref: "#/components/responses/Absent" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                "507": { $ref: "#/components/responses/NoRoom" }
                default: { $ref: "#/components/responses/Other" }

          /api/tokens/{id}/rotate:
            parameters:
              - { $ref: "#/components/parameters/AccessID" }
            post:
              summary: Make a token in the place of one that ends
              description: The new one has the same name, grants and rights, and counts as long as the old one was made for.
              operationId: rotateToken
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      additionalProperties: false
                      properties:
                        grace: { $ref: "#/components/schemas/GivenGrace" }
              responses: *issuedResponses

          /api/tokens:check:
            post:
              summary: Whose token a text is
              description: For a relay, which lets others in.
              operationId: checkToken
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      additionalProperties: false
                      required: [token]
                      properties:
                        token: { type: string }
              responses:
                "200": { description: Its identity., content: { application/json: { schema: { $ref: "#/components/schemas/Identity" } } } }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "404": { description: "`unknown`: it is no token that counts.", content: { application/problem+json: { schema: { $ref: "#/components/schemas/Problem" } } } }
                "413": { $ref: "#/components/responses/TooLarge" }
                "415": { $ref: "#/components/responses/UnsupportedMediaType" }
                "422": { $ref: "#/components/responses/Unprocessable" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }

          /api/access:
            get:
              summary: Who the caller is, and what it may do
              operationId: getAccess
              responses:
                "200": { description: The caller's identity., content: { application/json: { schema: { $ref: "#/components/schemas/Identity" } } } }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }

          /api/denials:
            get:
              summary: The identities that are refused although the registry did not issue them
              operationId: listDenials
              responses:
                "200":
                  description: All denials, past ones too.
                  content:
                    application/json:
                      schema: { type: array, items: { $ref: "#/components/schemas/Denial" } }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }
            post:
              summary: Refuse an identity, or one token of it
              description: For JWTs and client certificates; a token of the registry is revoked instead. One for the same subject is replaced.
              operationId: createDenial
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      additionalProperties: false
                      properties:
                        identity:
                          description: "Every credential of this identity, `NAME:subject` or `cert:TEXT`; either this or `jti`. Null counts as absent."
                          type: [string, "null"]
                          pattern: "^[^\\u0000-\\u001F\\u007F-\\u009F]{1,100}:[^\\u0000-\\u001F\\u007F-\\u009F]*$"
                          maxLength: 512
                        jti:
                          description: The JWT with this identifier. Null counts as absent.
                          type: [string, "null"]
                          pattern: "^[^\\u0000-\\u001F\\u007F-\\u009F]+$"
                          maxLength: 512
                        until:
                          description: "From then on it is let in again, `2026-11-20T21:30:00Z`; not in the past. Null counts as absent, and it never is."
                          type: [string, "null"]
                          format: date-time
                        comment: { $ref: "#/components/schemas/TokenComment" }
                      oneOf:
                        - { required: [identity], properties: { identity: { type: string }, jti: { type: "null" } } }
                        - { required: [jti], properties: { jti: { type: string }, identity: { type: "null" } } }
              responses:
                "201":
                  description: The denial.
                  headers:
                    Location: { schema: { type: string } }
                  content:
                    application/json: { schema: { $ref: "#/components/schemas/Denial" } }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "409": { description: "`too-many`.", content: { application/problem+json: { schema: { $ref: "#/components/schemas/Problem" } } } }
                "413": { $ref: "#/components/responses/TooLarge" }
                "415": { $ref: "#/components/responses/UnsupportedMediaType" }
                "422": { $ref: "#/components/responses/Unprocessable" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                "507": { $ref: "#/components/responses/NoRoom" }
                default: { $ref: "#/components/responses/Other" }

          /api/denials/{id}:
            parameters:
              - { $ref: "#/components/parameters/AccessID" }
            delete:
              summary: Let in again what was refused
              operationId: removeDenial
              responses:
                "200":
                  description: It is removed.
                  content:
                    application/json: { schema: { type: object, required: [removed], properties: { removed: { const: 1 } } } }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "404": { $ref: "#/components/responses/Absent" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                "507": { $ref: "#/components/responses/NoRoom" }
                default: { $ref: "#/components/responses/Other" }

          /api/audit/access:
            get:
              summary: The access log, newest first
              description: Refusals, of one kind within a minute as one entry, and acts of administration. No entry holds a secret or a value.
              operationId: getAccessLog
              parameters:
                - { name: identity, in: query, description: Only of this identity., schema: { type: string } }
                - { name: action, in: query, description: Only of this action., schema: { type: string } }
                - { name: type, in: query, description: Only of this problem type or act., schema: { type: string } }
                - { name: since, in: query, description: "Not before; in UTC, `2026-11-20T21:30:00Z`.", schema: { type: string, format: date-time } }
                - { name: until, in: query, description: Before., schema: { type: string, format: date-time } }
                - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 1000, default: 100 } }
                - { name: cursor, in: query, description: From the `Link` header of the page before., schema: { type: string, pattern: "^[0-9]{15}-[0-9a-f]{8}-[0-9]{6}$" } }
              responses:
                "200":
                  description: Entries; there is a next page exactly when there is a `Link` header.
                  headers:
                    Link:
                      description: "`</api/audit/access?...>; rel=\"next\"`"
                      schema: { type: string }
                  content:
                    application/json:
                      schema: { type: array, items: { $ref: "#/components/schemas/AccessLogEntry" } }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }

          /api/watch:
            parameters:
              - name: service
                in: query
                description: Only these services; may be repeated.
                schema: { type: array, items: { $ref: "#/components/schemas/ServiceName" } }
                style: form
                explode: true
              - { name: prefix, in: query, description: Services that are this name or lie below it., schema: { $ref: "#/components/schemas/ServiceName" } }
              - { name: environment, in: query, description: Only this environment; all when it is left out., schema: { $ref: "#/components/schemas/EnvironmentName" } }
            get:
              summary: A stream of the newest versions
              description: |
                First the newest version of every selected document, deleted ones too, then `event: synced`, then every change. A
                client that is slow gets the newest version of what changed, not each one; a client that takes nothing for 30
                seconds is cut. The stream sends states, so `Last-Event-ID` is not needed and not read.
              operationId: watch
              responses: &watchResponses
                "200":
                  description: |
                    Server-sent events. A version: `event: config.created|config.updated|config.deleted`,
                    `id: environment/service@version`, `data:` the event (schemas/events) on one line, always with its content.
                    At the end of the first states: `event: synced`, `data: {"count":n,"epoch":"..."}`, with
                    `epoch_statement` where the epoch is signed. Every 15 seconds a comment `: proof <ms>`, the
                    age of the registry's own proof that nothing is missing.
                  content:
                    text/event-stream: { schema: { type: string } }
                "400": { $ref: "#/components/responses/BadRequest" }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }
            post:
              summary: The same, without what the client has
              operationId: watchFrom
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      additionalProperties: false
                      required: [known]
                      properties:
                        known:
                          type: object
                          description: From `service/environment` to the version that the client has, in the store's present epoch.
                          additionalProperties: { type: integer, format: int64, minimum: 0 }
              responses: *watchResponses

          /health:
            get:
              summary: The registry and what it depends on
              operationId: getHealth
              security: [{ bearer: [] }, {}]
              responses:
                "200": { description: "`healthy`, or `degraded`: reads and writes work.", content: { application/json: { schema: { $ref: "#/components/schemas/Health" } } } }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                "503": { description: "`unhealthy`: the store does not answer.", content: { application/json: { schema: { $ref: "#/components/schemas/Health" } } } }
                default: { $ref: "#/components/responses/Other" }
          /health/live:
            get:
              summary: The process answers
              operationId: getLiveness
              security: []
              responses:
                "200": { description: It does., content: { application/json: { schema: { type: object, properties: { status: { const: alive } } } } } }
                default: { $ref: "#/components/responses/Other" }
          /health/ready:
            get:
              summary: The store answers, bus or not
              operationId: getReadiness
              security: []
              responses:
                "200": { description: It does., content: { application/json: { schema: { type: object, properties: { status: { const: ready } } } } } }
                "429": { $ref: "#/components/responses/RateLimited" }
                "503": { $ref: "#/components/responses/Unavailable" }
                default: { $ref: "#/components/responses/Other" }
          /stats:
            get:
              summary: What was counted since the start
              operationId: getStatistics
              responses:
                "200": { description: Counters by name., content: { application/json: { schema: { type: object, additionalProperties: { type: integer } } } } }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                default: { $ref: "#/components/responses/Other" }
          /metrics:
            get:
              summary: The counters for Prometheus
              operationId: getMetrics
              responses:
                "200": { description: Text form 0.0.4., content: { text/plain: { schema: { type: string } } } }
                "401": { $ref: "#/components/responses/Unauthenticated" }
                "403": { $ref: "#/components/responses/Forbidden" }
                default: { $ref: "#/components/responses/Other" }
          /openapi.yaml:
            get:
              summary: This description
              operationId: getDescription
              security: []
              responses:
                "200": { description: OpenAPI 3.1., content: { application/yaml: {} } }
                default: { $ref: "#/components/responses/Other" }

        components:
          securitySchemes:
            bearer:
              type: http
              scheme: bearer
              description: |
                A token of the registry (RFC 6750): `cbt_`, 12 characters of `[a-z0-9]` that name it, `_`, and 49 of `[A-Za-z0-9]` that
                are secret. A registry without authentication, which listens on a loopback address only, needs none.
          parameters:
            AccessID:
              name: id
              in: path
              required: true
              description: The identifier that the registry made.
              schema: { type: string, pattern: "^[0-9a-z-]{1,64}$" }
            Service: { name: service, in: path, required: true, schema: { $ref: "#/components/schemas/ServiceName" } }
            Environment: { name: environment, in: query, schema: { $ref: "#/components/schemas/EnvironmentName", default: default } }
            ExpectedVersion:
              name: expected_version
              in: query
              description: The version that the document must be at; 0 that it never existed. Instead of `If-Match`, not beside it.
              schema: { type: integer, format: int64, minimum: 0 }
            IfMatch:
              name: If-Match
              in: header
              description: The one ETag that the document must be at. Instead of `expected_version`, not beside it.
              schema: { type: string, pattern: "^(\\*|\"[0-9]+\\.[0-9]+\")$" }
            IdempotencyKey:
              name: Idempotency-Key
              in: header
              description: Makes the same request again the same version; unique per document. A new UUID when it is left out.
              schema: { type: string, pattern: "^[A-Za-z0-9._:-]{1,64}$" }
            CorrelationID:
              name: X-Correlation-ID
              in: header
              description: Kept with the version as `correlation_id` and sent back.
              schema: { type: string, pattern: "^[!-~]{1,128}$" }
            Prefer:
              name: Prefer
              in: header
              description: |
                RFC 7240. `return=minimal` leaves `config_data` out of the record that is answered; every other preference is
                ignored.
              schema: { type: string }
            Comment: { name: comment, in: query, schema: { $ref: "#/components/schemas/Comment" } }
            CreatedBy: { name: created_by, in: query, schema: { $ref: "#/components/schemas/Author" } }

          headers:
            ETag:
              description: |
                `"<epoch number>.<version>"`, strong, the same from every registry; with `overlay`
                `"<epoch number>.<version>.<default version>"`.
              schema: { type: string }
            ConfigVersion: { schema: { type: integer, format: int64 } }
            ConfigDefaultVersion: { description: Only with `overlay`., schema: { type: integer, format: int64 } }
            ConfigHash: { description: The hash of the body., schema: { $ref: "#/components/schemas/Hash" } }
            ConfigRecordHash: { schema: { $ref: "#/components/schemas/Hash" } }
            ConfigEpoch: { description: The store's., schema: { $ref: "#/components/schemas/Epoch" } }
            ConfigEpochSignature:
              description: The signed statement that `Config-Epoch` counts, as JSON (EpochStatement) in base64; absent in a store's first epoch.
              schema: { type: string }
            ConfigRecordEpoch:
              description: The epoch in which the version was made and signed, when it is not the store's.
              schema: { $ref: "#/components/schemas/Epoch" }
            ConfigChangeType: { schema: { $ref: "#/components/schemas/ChangeType" } }
            ConfigSignature: { description: "Ed25519 in base64, when the registry signs.", schema: { type: string } }
            ConfigKeyId: { schema: { type: string } }

          requestBodies:
            Change:
              required: true
              content:
                application/json:
                  schema:
                    type: object
                    additionalProperties: false
                    required: [config_data]
                    properties:
                      config_data: { $ref: "#/components/schemas/Content" }
                      comment: { $ref: "#/components/schemas/GivenComment" }
                      created_by: { $ref: "#/components/schemas/GivenAuthor" }
                      expected_version: { $ref: "#/components/schemas/GivenVersion" }

          responses:
            Record:
              description: A full record.
              headers:
                ETag: { $ref: "#/components/headers/ETag" }
                Config-Version: { $ref: "#/components/headers/ConfigVersion" }
                Config-Epoch: { $ref: "#/components/headers/ConfigEpoch" }
                Idempotency-Key: { description: With every response to a write., schema: { type: string } }
                Preference-Applied: { description: "`return=minimal` where it was followed.", schema: { type: string } }
              content:
                application/json: { schema: { $ref: "#/components/schemas/Record" } }
            BadRequest:
              description: |
                `invalid-json` (members `line`, `column`, `pointer`), `unknown-field`, `invalid-parameter`, `invalid-header`,
                `invalid-name`, `unexpected-body`, `unreadable-body`.
              content: &problem
                application/problem+json: { schema: { $ref: "#/components/schemas/Problem" } }
            Unauthenticated:
              description: |
                `unauthenticated`: no credential came with the request, or one that does not count. Never a response of a registry
                without authentication.
              headers:
                WWW-Authenticate: { description: RFC 6750., schema: { type: string } }
              content: *problem
            RateLimited:
              description: "`rate-limited`: the identity sent too many requests within a second. Nothing was done."
              headers:
                Retry-After: { description: "Seconds, at least 1.", schema: { type: integer } }
              content: *problem
            Forbidden:
              description: |
                `not-allowed`: the identity may not do this (members `needs`, the role; `key`, the document; `identity`). The same
                whether the document exists or not. Without authentication `not-allowed-host` (not a loopback name), `not-allowed-origin`, `forwarded` (a header of a proxy);
                for checkpoints `untrusted-checkpoint` and `foreign-log` too.
              content: *problem
            Absent: { description: "`unknown`: there is none with this identifier.", content: *problem }
            NotFound: { description: "`unknown`, `deleted`, `unknown-version`.", content: *problem }
            Exists: { description: "`exists`; members `version`, `epoch`; the `ETag` of the living version.", content: *problem }
            VersionMismatch: { description: "`version-mismatch`; members `current_version` (0: there is none), `epoch`; its `ETag`.", content: *problem }
            TooLarge: { description: "`too-large`.", content: *problem }
            UnsupportedMediaType: { description: "`unsupported-media-type`.", content: *problem }
            Unprocessable:
              description: |
                `missing-content`, `not-an-object`, `too-deep`, `invalid-field`, `invalid`, `invalid-patch`, `too-much-work`, `checks-failed`, `change-reused`,
                `rollback-to-tombstone`.
              content: *problem
            Unavailable:
              description: |
                `unavailable`, `overloaded`, `behind`, `foreign-epoch`, `conflict-persists`, `outcome-unknown` (send the same
                request again under the same Idempotency-Key), `stopping`, `signing-required` (the versions in the store are signed
                and this registry has no key), `access-unknown` (the registry could not read for a while who may do what). Nothing was changed unless the type is
                `outcome-unknown`.
              headers:
                Retry-After: { description: Seconds., schema: { type: integer } }
              content: *problem
            Failed:
              description: |
                `damaged-version` (members `service_name`, `environment`, `version`, `epoch` where they can be read): what is stored
                does not fit its own hashes or types. Other documents are
                not affected. `failed`: a fault of the registry; its log says more.
              content: *problem
            NoRoom: { description: "`no-room`: the store's disk is full; nothing was stored.", content: *problem }
            Other:
              description: |
                What any request can be refused with: `malformed-request` (400), `unknown-path` (404), `method-not-allowed` (405),
                `timeout` (408), `too-large` (413), `expectation-failed` (417), `headers-too-large` (431).
              content: *problem

          schemas:
            TokenName:
              type: string
              description: The identity that versions carry as their author.
              pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
            TokenText: { type: string, pattern: "^cbt_[a-z0-9]{12}_[A-Za-z0-9]{49}$" }
            TokenComment:
              description: At most 1 KiB of UTF-8 without control characters; null counts as absent.
              type: [string, "null"]
              pattern: "^[^\\u0000-\\u001F\\u007F-\\u009F]*$"
            Grant:
              type: string
              description: |
                `role:service/environment`. The roles are reader, watcher, publisher, admin, auditor, relay and monitor. In the service
                `*` is exactly one dot-separated word and `#` at the end any number of words; the environment is a name or `*`.
                `admin:#/*` is everything.
              maxLength: 256
              pattern: "^((reader|watcher|publisher|admin|auditor|relay):(#|(\\*|[A-Za-z0-9_-]+)(\\.(\\*|[A-Za-z0-9_-]+))*(\\.#)?)/(\\*|[A-Za-z0-9][A-Za-z0-9_-]{0,63})|monitor:#/\\*)$"
            Right: { type: string, enum: [on_behalf, emergency, advance] }
            GivenLifetime:
              description: |
                How long a token counts: `90d`, `12h`, `30m`, `45s`, or whole seconds as a number; at most 366 days, 90 when it is left
                out. Null counts as absent.
              anyOf:
                - type: string
                  pattern: "^(([1-9][0-9]{0,6}|[12][0-9]{7})s|([1-9][0-9]{0,4}|[1-4][0-9]{5})m|([1-9][0-9]{0,2}|[1-7][0-9]{3})h|([1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-6])d)$"
                - { type: integer, format: int64, minimum: 1, maximum: 31622400 }
                - { type: "null" }
            GivenGrace:
              description: |
                For how long the old token still counts, written like a lifetime; at most 7 days, an hour when it is left out. Null counts
                as absent.
              anyOf:
                - { type: string, pattern: "^(([1-9][0-9]{0,4}|[1-5][0-9]{5})s|[1-9][0-9]{0,3}m|([1-9][0-9]?|1[0-5][0-9]|16[0-8])h|[1-7]d)$" }
                - { type: integer, format: int64, minimum: 1, maximum: 604800 }
                - { type: "null" }
            Token:
              type: object
              required: [id, name, grants, rights, status, created_at, created_by, comment]
              properties:
                id: { type: string, description: "The public part of its text, by which it is shown and revoked.", pattern: "^[a-z0-9]{12}$" }
                name: { $ref: "#/components/schemas/TokenName" }
                grants: { type: array, items: { $ref: "#/components/schemas/Grant" } }
                rights: { type: array, items: { $ref: "#/components/schemas/Right" } }
                status: { type: string, enum: [active, expired, revoked] }
                created_at: { type: string, format: date-time }
                created_by: { type: string }
                expires_at: { type: string, format: date-time, description: Absent when it has no end. }
                revoked_at: { type: string, format: date-time }
                revoked_by: { type: string }
                last_used_at: { type: string, format: date-time, description: Exact to five minutes. }
                comment: { type: string }
            Identity:
              type: object
              required: [identity, kind, grants, rights]
              properties:
                identity: { type: string, description: The name that versions carry as their author. }
                kind: { type: string, enum: [token, jwt, cert] }
                token_id: { type: string }
                grants: { type: array, items: { $ref: "#/components/schemas/Grant" } }
                rights: { type: array, items: { $ref: "#/components/schemas/Right" } }
                expires_at: { type: string, format: date-time, description: Absent when it has no end. }
            Denial:
              type: object
              required: [id, created_at, created_by, comment]
              properties:
                id: { type: string }
                identity: { type: string, description: Either this or `jti`. }
                jti: { type: string }
                until: { type: string, format: date-time, description: Absent when it has no end. }
                created_at: { type: string, format: date-time }
                created_by: { type: string }
                comment: { type: string }
            AccessLogEntry:
              type: object
              required: [at, registry, kind, action, status, type, count]
              properties:
                at: { type: string, format: date-time, description: When it happened first. }
                registry: { type: string }
                kind: { type: string, enum: [token, jwt, cert, store, none, loopback], description: How the identity was proven. }
                identity: { type: string }
                token_id: { type: string }
                address: { type: string }
                action: { type: string }
                key: { type: string, description: "The document, or what else it concerned." }
                status: { type: integer, description: Of the response; 0 for what came over no connection. }
                type: { type: string, description: "The type of the problem, or the act." }
                count: { type: integer, format: int64, description: How many of the same kind. }
            ServiceName: { type: string, pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$" }
            AuditCheckpoint:
              type: object
              additionalProperties: false
              required: [log, count, entry_hash, at, key_id, signature]
              properties:
                log: { $ref: "#/components/schemas/EnvironmentName", description: The name of the log. }
                count: { type: integer, format: int64, minimum: 1, description: How many entries the log had. }
                entry_hash: { type: string, description: The hash of the last of them. }
                at:
                  type: string
                  format: date-time
                  pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$"
                  description: In UTC, with milliseconds.
                key_id: { type: string, description: The first 16 hexadecimal digits of the SHA-256 of the audit's public key. }
                signature: { type: string, description: Ed25519 (RFC 8032) in base64. }
            EpochStatement:
              type: object
              description: The operator's word, by a key that signs versions, that a store's epoch was changed.
              required: [at, epoch, key_id, previous_epoch, reason, signature]
              properties:
                at: { type: string, format: date-time }
                epoch: { $ref: "#/components/schemas/Epoch" }
                key_id: { type: string }
                previous_epoch: { $ref: "#/components/schemas/Epoch" }
                reason: { type: string }
                signature: { type: string, description: Ed25519 (RFC 8032) in base64. }
            EnvironmentName: { type: string, pattern: "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$" }
            Epoch: { type: string, pattern: "^[1-9][0-9]{0,18}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" }
            Hash: { type: string, pattern: "^sha256:[0-9a-f]{64}$" }
            ChangeType: { type: string, enum: [created, updated, deleted] }
            Comment:
              type: string
              description: At most 4 KiB of UTF-8; of the control characters only tabs and line ends.
              pattern: "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]*$"
            Author:
              type: string
              description: At most 256 bytes of UTF-8 without control characters; `anonymous` when it is left out.
              pattern: "^[^\\u0000-\\u001F\\u007F-\\u009F]*$"
            GivenComment:
              description: The comment of a request; null counts as absent.
              anyOf: [{ $ref: "#/components/schemas/Comment" }, { type: "null" }]
            GivenAuthor:
              description: The author in a request; null counts as absent.
              anyOf: [{ $ref: "#/components/schemas/Author" }, { type: "null" }]
            GivenVersion:
              type: [integer, "null"]
              format: int64
              minimum: 0
              description: |
                The version that the document must be at, 0 that it never existed; written without a fraction. Null counts as
                absent, and nothing is expected.
            Content:
              type: object
              description: At most 1 MiB in canonical form and 64 levels deep, unless the registry is set up otherwise.
            Record:
              type: object
              required: [service_name, environment, version, change_type, content_hash, record_hash, epoch, change_id, created_at, updated_at, created_by, comment]
              properties:
                service_name: { $ref: "#/components/schemas/ServiceName" }
                environment: { $ref: "#/components/schemas/EnvironmentName" }
                version: { type: integer, format: int64, minimum: 1 }
                change_type: { $ref: "#/components/schemas/ChangeType" }
                config_data: { $ref: "#/components/schemas/Content" }
                content_hash: { $ref: "#/components/schemas/Hash" }
                previous_hash: { $ref: "#/components/schemas/Hash" }
                record_hash: { $ref: "#/components/schemas/Hash" }
                epoch: { $ref: "#/components/schemas/Epoch" }
                change_id: { type: string }
                correlation_id: { type: string }
                changeset_id: { type: string }
                created_at: { type: string, format: date-time }
                updated_at: { type: string, format: date-time }
                created_by: { $ref: "#/components/schemas/Author" }
                comment: { $ref: "#/components/schemas/Comment" }
                restored_from: { type: integer, format: int64 }
                overrides: { type: string }
                signature: { type: string }
                key_id: { type: string }
            Diff:
              type: object
              required: [service_name, environment, old_version, new_version, added, removed, changed, patch]
              properties:
                service_name: { $ref: "#/components/schemas/ServiceName" }
                environment: { $ref: "#/components/schemas/EnvironmentName" }
                old_version: { type: integer, format: int64, description: 0 when there is no older version. }
                new_version: { type: integer, format: int64 }
                added: { type: object, description: Top-level members that only the new version has. }
                removed: { type: object, description: Top-level members that only the old version has. }
                changed:
                  type: object
                  description: Top-level members that both have, with different values.
                  additionalProperties: { type: object, required: [old, new], properties: { old: {}, new: {} } }
                patch: { $ref: "#/components/schemas/JSONPatch" }
            JSONPatch:
              description: RFC 6902.
              type: array
              items:
                type: object
                required: [op, path]
                properties:
                  op: { type: string, enum: [add, remove, replace, move, copy, test] }
                  path: { type: string }
                  from: { type: string }
                  value: {}
            Health:
              type: object
              required: [status, service, version, epoch, configs_created, configs_updated, configs_retrieved, notifications_sent, announce_lag_seconds, store, bus]
              properties:
                status: { type: string, enum: [healthy, degraded, unhealthy] }
                service: { const: config-registry }
                version: { type: string }
                epoch: { $ref: "#/components/schemas/Epoch" }
                configs_created: { type: integer }
                configs_updated: { type: integer }
                configs_retrieved: { type: integer }
                notifications_sent: { type: integer }
                announce_lag_seconds: { type: number }
                foreign_epoch: { $ref: "#/components/schemas/Epoch" }
                store:
                  type: object
                  required: [status]
                  properties:
                    status: { type: string, enum: [available, unavailable] }
                    plaintext: { type: boolean, description: "True when it is on another machine and reached without TLS." }
                    reason: { type: string }
                    kind: { type: string }
                    documents: { type: integer }
                    versions: { type: integer }
                    unannounced: { type: integer }
                    clock_lead_seconds: { type: number, description: How far the registry's clock is ahead of the store's. }
                bus:
                  type: object
                  required: [status]
                  properties:
                    exchange: { type: string, description: The broker's exchange that changes are announced on; absent without a broker. }
                    status: { type: string, enum: [connected, blocked, disconnected] }
                    plaintext: { type: boolean, description: "True when it is on another machine and reached without TLS." }
                    reason: { type: string }
                signing:
                  type: object
                  required: [status, rule]
                  properties:
                    status: { type: string, enum: [ready, key-missing], description: "`key-missing`: every write is refused." }
                    rule: { type: string, enum: [optional, required, off] }
                    reason: { type: string }
                tls:
                  type: object
                  description: Absent without TLS.
                  required: [certificate_ends]
                  properties:
                    certificate_ends: { type: string, format: date-time }
                    client_ca_ends: { type: string, format: date-time, description: Of the CA for client certificates. }
                    reason: { type: string, description: Why the certificate's files cannot be used; the one before is in use. }
            Problem:
              type: object
              required: [type, title, status, detail]
              properties:
                type:
                  type: string
                  description: One stable word.
                  enum:
                    [
                      invalid-json, unknown-field, invalid-parameter, invalid-header, invalid-name, unexpected-body,
                      unreadable-body, malformed-request, unauthenticated, not-allowed, not-allowed-host, not-allowed-origin,
                      forwarded, untrusted-checkpoint, foreign-log, unknown, deleted, unknown-version, unknown-path, method-not-allowed,
                      timeout, exists, name-taken, token-ended, too-many, version-mismatch, too-large, unsupported-media-type,
                      expectation-failed, rate-limited, headers-too-large, missing-content, not-an-object, too-deep,
                      invalid-field, invalid, invalid-patch, too-much-work, checks-failed, change-reused,
                      rollback-to-tombstone, failed, damaged-version, no-room, behind, foreign-epoch, signing-required,
                      access-unknown, overloaded, unavailable, conflict-persists, outcome-unknown, stopping
                    ]
                title: { type: string }
                status: { type: integer }
                detail: { type: string, description: One sentence that says what to do. }

        """#
}

package import ConfigModel

/// The paths of the API: with `{...}` where a name or number stands, and those of one document.
package enum APIPath {
    /// The list of documents.
    package static let configs = "/api/configs"
    /// Some documents in one call.
    package static let batchGet = configs + ":batchGet"
    /// One document.
    package static let document = configs + "/{service}"
    /// The versions of a document.
    package static let history = document + "/history"
    /// One version.
    package static let version = document + "/versions/{version}"
    /// The comparison of two versions.
    package static let diff = document + "/diff"
    /// An earlier content once more.
    package static let rollback = document + "/rollback"
    /// A change that is judged and not made.
    package static let validation = document + "/validate"
    /// The content of another environment once more.
    package static let promotion = document + "/promote"
    /// The schema of a service.
    package static let schema = document + "/schema"
    /// The versions of a schema.
    package static let schemaHistory = schema + "/history"
    /// One version of a schema, whole.
    package static let schemaVersion = schema + "/versions/{version}"
    /// Which documents fit a schema.
    package static let schemaCheck = schema + "/check"
    /// The list of schemas.
    package static let schemas = "/api/schemas"
    /// Several documents at once.
    package static let changeSets = "/api/changesets"
    /// The versions that were published as one.
    package static let changeSet = changeSets + "/{id}"
    /// What was changed, over all documents.
    package static let audit = "/api/audit"
    /// The checkpoint of an audit log.
    package static let anchor = "/api/audit/anchors/{log}"
    /// The tokens of identities.
    package static let tokens = "/api/tokens"
    /// One token.
    package static let token = tokens + "/{id}"
    /// A new token in the place of one that ends.
    package static let tokenRotation = token + "/rotate"
    /// Whose token a text is.
    package static let tokenCheck = tokens + ":check"
    /// What the caller's own identity may do.
    package static let access = "/api/access"
    /// The public keys whose signatures versions carry.
    package static let keys = "/api/keys"
    /// The identities that are refused although the registry did not issue them.
    package static let denials = "/api/denials"
    /// One denial.
    package static let denial = denials + "/{id}"
    /// Refusals, and acts of administration.
    package static let accessLog = "/api/audit/access"
    /// The whole store as lines.
    package static let backup = "/api/backup"
    /// Streams of events.
    package static let watch = "/api/watch"
    /// The registry and what it depends on.
    package static let health = "/health"
    /// Whether the process answers.
    package static let liveness = health + "/live"
    /// Whether the store answers.
    package static let readiness = health + "/ready"
    /// The counters.
    package static let statistics = "/stats"
    /// The counters for Prometheus.
    package static let metrics = "/metrics"
    /// The description of the API (OpenAPI 3.1).
    package static let description = "/openapi.yaml"

    /// Every path of the API.
    package static let all = [
        configs, batchGet, document, history, version, diff, rollback, validation, promotion, schema, schemaHistory,
        schemaVersion, schemaCheck, schemas, changeSets, changeSet, audit, anchor, tokens, token, tokenRotation,
        tokenCheck, access, keys, denials, denial, accessLog, backup, watch, health, liveness, readiness, statistics,
        metrics, description,
    ]
}

extension APIPath {
    /// What all paths of documents begin with.
    package static let documentPrefix = configs + "/"

    /// The path of a document; of a document of a reserved environment, the path that stands for it.
    package static func document(_ key: DocumentKey) -> String {
        documentPrefix + key.service + (key.reservedName.map { "/\($0)" } ?? "")
    }

    /// The path of the call that says which documents fit a service's schema.
    package static func schemaCheck(of service: String) -> String { "\(documentPrefix)\(service)/schema/check" }

    /// The path of a document's versions.
    package static func history(of key: DocumentKey) -> String { document(key) + "/history" }

    /// The path of one version of a document.
    package static func version(_ version: Int64, of key: DocumentKey) -> String {
        document(key) + "/versions/\(version)"
    }

    /// The path of the comparison of two versions of a document.
    package static func diff(of key: DocumentKey) -> String { document(key) + "/diff" }

    /// The path of the call that publishes an earlier content of a document once more.
    package static func rollback(of key: DocumentKey) -> String { document(key) + "/rollback" }

    /// The path of the call that judges a change of a document.
    package static func validation(of key: DocumentKey) -> String { document(key) + "/validate" }

    /// The path of the call that publishes the content of another environment.
    package static func promotion(of key: DocumentKey) -> String { document(key) + "/promote" }

    /// The path of a change set.
    package static func changeSet(_ id: String) -> String { "\(changeSets)/\(PercentEncoding.encoded(id))" }

    /// The path of an audit log's checkpoint.
    package static func anchor(of log: String) -> String { "/api/audit/anchors/\(log)" }

    /// The path of a token.
    package static func token(_ id: String) -> String { "\(tokens)/\(PercentEncoding.encoded(id))" }

    /// The path of the call that gives a token a successor.
    package static func tokenRotation(of id: String) -> String { token(id) + "/rotate" }

    /// The path of a denial.
    package static func denial(_ id: String) -> String { "\(denials)/\(PercentEncoding.encoded(id))" }
}

import RegistryAPI
import TestSupport
import Testing

/// `schemas/openapi.yaml` and the code name the same things.
@Suite struct DescriptionTests {
    private let description: APIDescription

    init() throws { description = try APIDescription() }

    @Test func paths() {
        #expect(description.paths == Set(APIPath.all))
    }

    /// A program that reads the description knows every `type` that a problem can have, and no other.
    @Test func problemTypes() {
        #expect(description.problemTypes == ProblemType.all.map(\.name))
    }

    @Test func eachCallTakesTheParametersThatAreDescribed() {
        let writes = Set(QueryName.ofWrites)
        let expected: [String: Set<String>] = [
            "listConfigs": Set(ListRequest.parameters), "getConfigs": [], "getConfig": Set(GetRequest.parameters),
            "createConfig": writes, "updateConfig": writes, "rollbackConfig": writes, "promoteConfig": writes,
            "validateConfig": Set(QueryName.ofWritesWithoutBody),
            "patchConfig": Set(QueryName.ofWritesWithoutBody), "deleteConfig": Set(QueryName.ofWritesWithoutBody),
            "getHistory": [QueryName.environment, QueryName.limit, QueryName.beforeVersion],
            "getVersion": [QueryName.environment],
            "getDiff": [QueryName.environment, QueryName.oldVersion, QueryName.newVersion],
            "watch": [QueryName.service, QueryName.prefix, QueryName.environment],
            "watchFrom": [QueryName.service, QueryName.prefix, QueryName.environment],
            "listTokens": [], "createToken": [], "getToken": [], "revokeToken": [], "rotateToken": [], "checkToken": [],
            "getAccess": [], "listKeys": [], "listDenials": [], "createDenial": [], "removeDenial": [],
            "getAccessLog": Set(AccessLogRequest.parameters), "getDescription": [],
            "getSchema": [QueryName.version], "putSchema": [QueryName.expectedVersion],
            "deleteSchema": [QueryName.expectedVersion, QueryName.comment, QueryName.createdBy],
            "getSchemaHistory": [QueryName.limit, QueryName.beforeVersion], "getSchemaVersion": [], "checkSchema": [],
            "listSchemas": [QueryName.prefix, QueryName.deleted, QueryName.view, QueryName.limit, QueryName.cursor],
            "getAudit": Set(AuditRequest.parameters), "getAuditAnchor": [], "raiseAuditAnchor": [QueryName.owner],
            "getBackup": [QueryName.access], "getHealth": [], "getLiveness": [],
            "getReadiness": [],
            "getStatistics": [], "getMetrics": [], "publishChangeSet": [], "getChangeSet": [],
        ]
        #expect(description.queryNames == expected)
    }

    @Test func headers() {
        let names = Set(HeaderName.allCases.map(\.rawValue))
        #expect(description.requestHeaders.isSubset(of: names))
        #expect(description.responseHeaders.isSubset(of: names))
        let own = names.filter { $0.hasPrefix("Config-") }.union([
            "Idempotency-Key", "ETag", "Link", "Preference-Applied",
        ])
        #expect(own.isSubset(of: description.responseHeaders))
    }

    /// Every request may be named, and every write that makes a version may take part in a trace.
    @Test func requestsAreNamedAndWritesArePartsOfTraces() {
        for (name, headers) in description.headerNames {
            #expect(headers.contains("X-Request-ID"), "\(name)")
            let isTraced = headers.isSuperset(of: ["traceparent", "tracestate"])
            #expect(isTraced == headers.contains("Idempotency-Key"), "\(name)")
        }
        #expect(description.responseHeaders.contains("X-Request-ID"))
    }

    @Test func limits() {
        #expect(description.batchLimit == APILimits.batch)
        #expect(
            description.limits(ofQuery: "limit", in: "listConfigs")
                == ["maximum": APILimits.list, "default": APILimits.defaultList])
        #expect(
            description.limits(ofQuery: "limit", in: "getHistory")
                == ["maximum": APILimits.history, "default": APILimits.defaultHistory])
        #expect(
            description.limits(ofQuery: "limit", in: "getAccessLog")
                == ["maximum": APILimits.accessLog, "default": APILimits.defaultAccessLog])
        #expect(
            description.limits(ofQuery: "limit", in: "getAudit")
                == ["maximum": APILimits.audit, "default": APILimits.defaultAudit])
        let words = description.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("at most \(APILimits.wait.components.seconds)s."))
    }
}

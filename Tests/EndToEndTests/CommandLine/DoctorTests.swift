import TestSupport
import Testing

extension CommandLineTests {
    /// Each finding that is not good says what to do.
    @Suite struct DoctorTests {
        /// A state of a registry, and what `doctor` makes of it.
        struct Case: CustomTestStringConvertible {
            let testDescription: String
            let health: String
            let says: [String]

            init(_ description: String, _ health: String, says: String...) {
                testDescription = description
                self.health = health
                self.says = says
            }
        }

        static let cases = [
            Case(
                "the broker is away", #""status": "degraded", "bus": {"status": "disconnected", "reason": "refused"}"#,
                says: "warn  registry: ", "warn  bus: reason refused, status disconnected. Check the broker"),
            Case(
                "the database is away", #""status": "unhealthy", "store": {"status": "unavailable", "reason": "gone"}"#,
                says: "FAIL  registry: ", "warn  store: reason gone, status unavailable. Check that the database runs"),
            Case(
                "the database is reached without TLS",
                #""status": "healthy", "store": {"status": "available", "plaintext": true}"#,
                says: "warn  store encryption: The registry reaches its store on another machine without TLS"),
            Case(
                "announcing lags", #""status": "degraded", "announce_lag_seconds": 61.5"#,
                says: "warn  announcing: ", "61 s old; look at the broker"),
            Case(
                "another store uses the exchange",
                #""status": "degraded", "foreign_epoch": "7-00000000-0000-0000-0000-000000000000""#,
                says: "warn  exchange: Another store, of epoch 7-", "(--exchange)"),
            Case(
                "the clocks are apart",
                #""status": "healthy", "store": {"status": "available", "clock_lead_seconds": -7.2}"#,
                says: "warn  clock: The registry's clock is 7 s behind the database's", "Set the clocks"),
            Case(
                "documents do not fit their schemas",
                #""status": "healthy", "schemas": {"status": "current", "services": 3, "documents_broken": 2}"#,
                says:
                    "warn  schemas: 3 services have a schema; 2 documents do not fit theirs. 'configbus schema check SERVICE'"
            ),
            Case(
                "which schemas count is not known",
                #""status": "healthy", "schemas": {"status": "outdated", "services": 3, "documents_broken": 0}"#,
                says: "FAIL  schemas: The registry has not reached its store for a while"),
            Case(
                "all documents fit",
                #""status": "healthy", "schemas": {"status": "current", "services": 1, "documents_broken": 0}"#,
                says: "ok    schemas: 1 service has a schema, which all its documents fit."),
            Case(
                "versions are damaged",
                #"""
                "status": "degraded", "damaged_versions": {"count": 3, "named": [{"service_name": "parsing",
                "environment": "prod", "version": 4, "reason": "its hash does not hold"}, {"reason": "no name"}]}
                """#,
                says:
                    "warn  damaged: parsing/prod version 4 is damaged in the store: its hash does not hold. It is left out",
                "warn  damaged: a version is damaged in the store: no name.", "warn  damaged: 1 more are damaged"),
        ]

        @Test(arguments: cases)
        func whatIsWrongIsNamedWithWhatToDo(state: Case) async throws {
            try await withBench { bench in
                let server = try ScriptedHTTPServer { request in
                    request.path.hasPrefix("/health")
                        ? .json(200, "{\(state.health)}") : .problem(503, "unavailable")
                }
                let result = try await bench.configbus("doctor", "--url", server.url, "--timeout", "2s")
                for fragment in state.says { #expect(result.output.contains(fragment)) }
            }
        }

        @Test func tokensThatSomebodyShouldLookAtAreNamedAndEndedOnesAreNot() async throws {
            try await withBench { bench in
                let server = try ScriptedHTTPServer { request in
                    func token(_ name: String, _ status: String) -> String {
                        #"""
                        {"id": "id-\#(name)", "name": "\#(name)", "grants": [], "rights": [], "status": "\#(status)",
                        "created_at": "2026-01-01T00:00:00.000Z", "created_by": "a", "comment": ""}
                        """#
                    }
                    return switch request.path {
                    case "/api/tokens": .json(200, "[\(token("endless", "active")), \(token("gone", "revoked"))]")
                    case "/health": .json(200, #"{"status": "healthy"}"#)
                    default: .problem(503, "unavailable")
                    }
                }
                let result = try await bench.configbus("doctor", "--url", server.url, "--timeout", "2s")
                #expect(result.output.contains("warn  tokens: These tokens never end: endless (id-endless);"))
                #expect(!result.output.contains("id-gone"))
            }
        }
    }
}

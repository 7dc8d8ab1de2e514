import ConfigModel
import RegistryAPI
import Testing

@Suite struct InstanceReportTests {
    @Test func whatIsWrittenIsRead() throws {
        let report = try Self.full()
        let read = try InstanceReport.reading(Self.object(report.jsonBytes))
        #expect(read.report == report)
        #expect(read.unknownMembers == 0)
    }

    @Test func anIdleMessageIsSmall() throws {
        let report = InstanceReport(
            instance: try InstanceID("web-7"), incarnation: UUIDText.random(), sequence: 1_000_000, sentAt: .now,
            state: ReportedState(running: [], health: .healthy))
        #expect(report.jsonBytes.count <= 300)
    }

    @Test func agesAreExactToATenthOfAMillisecond() throws {
        var report = try Self.full()
        report.outcomes[0].received = .microseconds(31_449)
        let read = try InstanceReport.reading(Self.object(report.jsonBytes)).report
        #expect(read.outcomes[0].received == .microseconds(31_400))
    }

    @Test func membersThatAreNotKnownAreCountedAndIgnored() throws {
        let bytes = #"""
            {"type": "answers", "version": "1.7", "instance": "a", "incarnation": "\#(Self.incarnation)", "seq": 1,
             "sent_at": "2026-11-21T10:00:00.123Z", "mood": 1, "hello": {"application": "x", "weather": {},
             "started_at": "2026-11-21T10:00:00.000Z"}, "state": {"digest": "\#(StateDigest.of([]))", "keys": 0,
             "health": "healthy", "entries": [], "more": null}}
            """#
        let read = try InstanceReport.reading(Self.object(Array(bytes.utf8)))
        #expect(read.unknownMembers == 3)
        #expect(read.report.hello?.application == "x")
    }

    @Test(
        arguments: [
            ("type", .string("event"), "/type", "\"answers\""),
            ("version", .string("2.0"), "/version", "1 and a minor version"),
            ("instance", .string("-a"), "/instance", "[A-Za-z0-9]"),
            ("instance", .string(String(repeating: "a", count: 129)), "/instance", "{0,127}"),
            ("instance", .number(JSONNumber(1)), "/instance", "a string"),
            ("incarnation", .string("1"), "/incarnation", "UUID"),
            ("seq", .number(JSONNumber(0)), "/seq", "from 1"),
            ("seq", .number(JSONNumber(literal: "1.5")), "/seq", "an integer"),
            ("sent_at", .string("yesterday"), "/sent_at", "a moment such as"),
            ("outcomes", .array([.null]), "/outcomes", "an array of objects"),
            ("hello", .string("hello"), "/hello", "an object"),
            ("bye", .string("yes"), "/bye", "a boolean"),
        ] as [(String, JSONValue, String, String)])
    func aMemberThatCannotBeIsRefusedByItsName(
        field: String, value: JSONValue, pointer: String, says: String
    ) throws {
        var object = try Self.object(Self.full().jsonBytes)
        object[field] = value
        let problem = try Self.problem(object)
        #expect(problem.pointer == pointer)
        #expect(problem.status == 422)
        #expect(problem.detail?.contains(says) == true, "\(problem.detail ?? "")")
    }

    @Test(
        arguments: [
            ("state", .string("done"), "one of received, validated, applied"),
            ("kind", .string("mood"), "one of signature, conflict"),
            ("kind", .null, "a rejected version has one"),
            ("final_ms", .null, "an outcome that is final has one"),
            ("final_ms", .number(JSONNumber(-1)), "from 0"),
            ("final_ms", .number(JSONNumber(literal: "1e300")), "from 0"),
            ("key", .string("a b/prod"), "service/environment"),
            ("epoch", .string("1"), "<number>-<uuid>"),
            ("version", .number(JSONNumber(-1)), "from 0"),
            ("content_hash", .string("md5:1"), "sha256:"),
            ("text", .string(String(repeating: "a", count: 1_025)), "at most 1024 bytes"),
            ("text", .string("two\nlines"), "no control characters"),
        ] as [(String, JSONValue, String)])
    func anOutcomeThatCannotBeIsRefusedByItsPlace(field: String, value: JSONValue, says: String) throws {
        var object = try Self.object(Self.full().jsonBytes)
        guard case .array(var outcomes)? = object["outcomes"], case .object(var outcome)? = outcomes.last else {
            Issue.record("no outcomes")
            return
        }
        outcome[field] = value
        outcomes[outcomes.count - 1] = .object(outcome)
        object["outcomes"] = .array(outcomes)
        let problem = try Self.problem(object)
        #expect(problem.pointer == "/outcomes/\(outcomes.count - 1)/\(field)")
        #expect(problem.detail?.contains(says) == true, "\(problem.detail ?? "")")
    }

    @Test(
        arguments: [
            (Dictionary(uniqueKeysWithValues: (0..<17).map { ("l\($0)", "") }), "at most 16"),
            (["Zone": "eu"], "[a-z][a-z0-9_.-]{0,31}"),
            (["zone": String(repeating: "x", count: 65)], "at most 64 bytes"),
            (["zone": "a\u{1b}[31m"], "no control characters"),
        ])
    func labelsThatBreakTheirRulesAreRefused(labels: [String: String], says: String) throws {
        let refused = #expect(throws: InvalidLabels.self) { try InstanceLabels(labels) }
        #expect(refused?.description.contains(says) == true)
        var object = try Self.object(Self.full().jsonBytes)
        guard case .object(var hello)? = object["hello"] else {
            Issue.record("no hello")
            return
        }
        hello["labels"] = .object(try JSONObject(labels.map { ($0.key, .string($0.value)) }))
        object["hello"] = .object(hello)
        let problem = try Self.problem(object)
        #expect(problem.pointer == "/hello/labels")
    }

    private static let incarnation = "6f1c1f0e-0000-4000-8000-000000000001"

    private static func object(_ bytes: [UInt8]) throws -> JSONObject {
        guard case .object(let object) = try JSONValue(parsing: bytes) else { throw InvalidResponse("no object") }
        return object
    }

    private static func problem(_ object: JSONObject) throws -> Problem {
        try #require(throws: Problem.self) { try InstanceReport.reading(object) }
    }

    /// A report in which everything is said.
    private static func full() throws -> InstanceReport {
        let running = RunningVersion(
            try DocumentKey(parsing: "parsing/prod"), epoch: Epoch(parsing: "1-\(incarnation)"), version: 18,
            defaultVersion: 3, rollout: RolloutReference(id: "r-1", version: 2), contentHash: SHA256Text.hash([1]))
        return InstanceReport(
            instance: try InstanceID("web-7"), incarnation: incarnation, sequence: 412,
            sentAt: try #require(Timestamp(parsing: "2026-11-21T10:00:00.123Z")),
            hello: InstanceFacts(
                startedAt: try #require(Timestamp(parsing: "2026-11-21T09:00:00.000Z")), application: "parsing",
                applicationVersion: "4.2", library: "configbus-swift/1.0.0", host: "web", pid: 7, transport: .sse,
                labels: try InstanceLabels(["zone": "eu-1", "tier": "front"]), ringKey: "web", features: ["probe"],
                understands: ["parsing/3"]),
            outcomes: [
                ReportedOutcome(
                    running, .applied, received: .microseconds(31_400), validated: .milliseconds(22),
                    final: .milliseconds(12), reload: .milliseconds(9),
                    handlers: [ReportedOutcome.Handler(name: "database", result: "success")]),
                ReportedOutcome(running, .received, received: .milliseconds(3)),
                ReportedOutcome(
                    running, .rejected, received: .milliseconds(31), final: .milliseconds(12), kind: .validator,
                    text: "port: out of range"),
            ],
            state: ReportedState(
                running: [running], health: .degraded, healthText: "pool exhausted",
                entries: [
                    ReportedEntry(
                        running, since: .seconds(61), watcher: .rejected, proofAge: .milliseconds(900),
                        refused: ReportedEntry.Refusal(
                            version: 19, defaultVersion: 3, kind: .handler, text: "database: no"))
                ]),
            isLast: true)
    }
}

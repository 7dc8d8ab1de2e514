import ConfigBackup
import ConfigModel
import HTTPTypes
import TestSupport
import Testing

@testable import RegistryServer

/// `GET /api/backup`.
@Suite(.timeLimit(.minutes(2))) struct BackupRouteTests {
    @Test(arguments: TestStore.available)
    func backupIsWholeAndIsInTheAccessLog(_ store: TestStore) async throws {
        try await AccessServer.run(on: store) { server in
            for number in 0..<700 {
                let body = #"{"config_data":{"n":\#(number)}}"#
                _ = try await server.call(
                    number < 7 ? .post : .put, "/api/configs/s\(number % 7)?environment=prod", body)
            }
            let auditor = try await server.token("auditor:#/*", name: "auditor").text
            let answer = try await server.call(.get, "/api/backup?access=true", nil, token: auditor)
            #expect(answer.status == 200 && answer.header("Content-Type") == "application/x-ndjson")
            let summary = try Self.read(answer.text)
            #expect(summary.trailer.counts.documents == 7 && summary.trailer.counts.versions == 700)
            #expect(summary.trailer.counts.tokens == 2)
            for secret in [auditor, server.admin] { #expect(!answer.text.contains(secret)) }
            let log = try await server.get("/api/audit/access?type=backup-made")
            #expect(log.list.count == 1 && log.list[0]["identity"] == "auditor")
        }
    }

    @Test(arguments: [
        ("auditor:#/*", true), ("admin:#/*", true), ("auditor:a.#/*", false), ("admin:#/prod", false),
        ("publisher:#/*", false), ("reader:#/*", false), ("relay:#/*", false), ("monitor:#/*", false),
    ])
    func onlyAnAuditorOfEverythingMakesOne(_ grant: String, _ isAllowed: Bool) async throws {
        try await AccessServer.run { server in
            let token = try await server.token(grant).text
            let answer = try await server.call(.get, "/api/backup", nil, token: token)
            #expect(answer.status == (isAllowed ? 200 : 403))
            if !isAllowed { #expect(answer.problem == "not-allowed") }
        }
    }

    @Test func unknownParameterIsRefused() async throws {
        try await AccessServer.run { server in
            let answer = try await server.get("/api/backup?tokens=true")
            #expect(answer.problem == "invalid-parameter")
        }
    }

    private static func read(_ text: String) throws -> BackupSummary {
        var (lines, scan) = (BackupLines(), BackupScan())
        lines.append(text.utf8)
        while let line = lines.next() { try scan.take(line) }
        return try scan.summary(hasRest: lines.hasRest)
    }
}

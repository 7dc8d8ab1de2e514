import ConfigModel
import Foundation
import TestSupport
import Testing

/// `serve --log-format json`.
@Suite(.timeLimit(.minutes(3)), .showsProcesses) struct JSONLogTests {
    @Test func everyLineIsAnObjectThatNamesTheRequestAndNoValueOfADocument() async throws {
        try await withBench(on: nil) { bench in
            let registry = try await bench.startEmbedded([
                "--log-format", "json", "--log-level", "debug", "--log-requests",
            ])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<20 {
                    group.addTask {
                        let key = try DocumentKey(service: "s\(writer)", environment: "prod")
                        for round in 0..<50 {
                            try await registry.publish("{\"text\":\"marker-\(writer)-\(round)\"}", as: key)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let lines = try await eventually("a line for every publication") {
                let lines = registry.process.errors.text.split(separator: "\n")
                return lines.count { $0.contains("\"status\":20") } >= 1_000 ? lines : nil
            }
            var identifiers: Set<String> = []
            for line in lines {
                let value = try JSONValue(parsing: String(line))
                guard case .object(let object) = value, case .string(let time)? = object["time"],
                    case .string? = object["level"], case .string? = object["message"]
                else {
                    Issue.record("no line of a log: \(line)")
                    continue
                }
                #expect(Timestamp(parsing: time) != nil)
                guard case .string(let route)? = object["route"], route.contains("{service}") else { continue }
                if case .string(let identifier)? = object["request_id"] { identifiers.insert(identifier) }
                #expect(object["duration_ms"] != nil && object["key"] != nil, "\(line)")
            }
            #expect(identifiers.count >= 1_000)
            #expect(!registry.process.errors.text.contains("marker"))
        }
    }

    @Test(arguments: [["--log-format", "xml"], ["--config", "unused"]])
    func aFormatThatIsNoneIsRefused(_ arguments: [String]) async throws {
        try await withBench(on: nil) { bench in
            let settings = bench.path("settings.json")
            try #"{"log-requests":"perhaps"}"#.write(toFile: settings, atomically: true, encoding: .utf8)
            let chosen = arguments[0] == "--config" ? ["--config", settings] : arguments
            let result = try await bench.configbus(["serve", "--port", "0", "--data-dir", bench.path("data")] + chosen)
            #expect(result.status == .exited(2) && result.errors.contains("log-"), "\(result.errors)")
        }
    }
}

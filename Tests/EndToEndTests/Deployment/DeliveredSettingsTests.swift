import ArgumentParser
import ConfigModel
import Foundation
import TestSupport
import Testing

@testable import configbus

extension CommandLineTests {
    /// The files that run the program elsewhere name nothing that it does not have.
    @Suite struct DeliveredSettingsTests {
        static let settingsFiles = [
            "systemd/serve.yaml", "kubernetes/base/serve.yaml", "kubernetes/overlays/embedded/serve.yaml",
        ]

        @Test(arguments: settingsFiles)
        func everySettingCommentedOutOrNotIsOneOfServe(file: String) throws {
            let names = try text(file).split(separator: "\n").compactMap { line in
                try #/^#?([a-z-]+): /#.firstMatch(in: line).map { String($0.1) }
            }
            #expect(!names.isEmpty)
            #expect(Set(names).subtracting(ServeSettings.names) == [])
        }

        @Test func theCommandLinesOfComposeAreUnderstood() throws {
            let notation = try #require(ContentNotation(path: "compose.yaml"))
            let file = try notation.content(Array(text("compose/compose.yaml").utf8), name: "compose.yaml").object
            guard case .object(let services)? = file["services"] else { throw Unexpected(what: "\(file)") }
            var understood: [String] = []
            for (name, service) in services {
                guard case .object(let service) = service, case .array(let words)? = service["command"],
                    service["image"] == .string("configbus"), service["entrypoint"] == nil
                else { continue }
                try understand(words.map(word), in: name)
                understood.append(name)
            }
            #expect(understood.sorted() == ["audit", "registry-1", "registry-2"])
        }

        @Test(arguments: ["configbus", "configbus-audit", "configbus-agent@"])
        func theCommandLinesOfTheUnitsAreUnderstood(name: String) throws {
            let unit = try text("systemd/\(name).service")
            let line = try #require(unit.firstMatch(of: #/ExecStart=/usr/bin/configbus (.*)/#)).1
            let environment = try text("systemd/audit.env")
            for options in environment.matches(of: #/#?AUDIT_OPTIONS=(.*)/#).map(\.1) {
                try understand(
                    line.replacing("$AUDIT_OPTIONS", with: options).split(separator: " ").map(String.init), in: name)
            }
        }

        @Test(arguments: [
            "base/deployment.yaml", "overlays/embedded/stateful-set.yaml", "examples/watcher.yaml",
            "examples/agent.yaml",
        ])
        func theCommandLinesInKubernetesAreUnderstood(file: String) throws {
            let words = try #require(text("kubernetes/\(file)").firstMatch(of: #/args: \[(.*)\]/#)).1
            try understand(words.split(separator: ", ").map(String.init), in: file)
        }

        @Test func everyVariableInThemIsOneThatTheProgramReads() throws {
            for folder in ["compose", "kubernetes", "systemd"] {
                let files = FileManager.default.enumerator(atPath: "\(repository)/\(folder)")
                while let file = files?.nextObject() as? String {
                    guard !file.hasPrefix("secrets"), let text = try? text("\(folder)/\(file)") else { continue }
                    let names = text.matches(of: #/\b(CONFIGBUS_[A-Z_]+)(=|:|\n)/#).map { String($0.1) }
                    // What compose and its script read themselves.
                    let foreign = ["CONFIGBUS_ADDRESS", "CONFIGBUS_COMPOSE_SECRETS"]
                    let read = Dictionary(names.map { ($0, "value") }) { first, _ in first }.filter {
                        !foreign.contains($0.key)
                    }
                    #expect(UnreadVariables.unread(read) == [], "\(folder)/\(file)")
                }
            }
        }

        private func understand(_ words: [String], in place: String) throws {
            #expect(throws: Never.self, "\(place): \(words.joined(separator: " "))") {
                _ = try Configbus.parseAsRoot(words)
            }
        }

        private func word(_ value: JSONValue) throws -> String {
            guard case .string(let text) = value else { throw Unexpected(what: "\(value)") }
            return text
        }

        private func text(_ file: String) throws -> String {
            try String(contentsOfFile: "\(repository)/\(file)", encoding: .utf8)
        }

        private struct Unexpected: Error { let what: String }
    }
}

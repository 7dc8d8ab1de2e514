import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// The logins that `compose/init` makes for the broker, on a real one: each can do its work and nothing else.
    @Suite(.enabled(if: BrokerControl.shared != nil, "CONFIGBUS_TEST_RABBITMQCTL is not set: run scripts/test"))
    struct BrokerDefinitionsTests {
        /// What a client tries.
        enum Attempt: CustomStringConvertible {
            case publish(String, exchange: String = "config.changes")
            case follow(String)
            case keepQueue(String)
            case read(String)
            case removeQueue(String)
            case removeExchange
            case makeExchange(String)

            var description: String {
                switch self {
                case .publish(let key, let exchange): "publishes \(key) to '\(exchange)'"
                case .follow(let pattern): "follows \(pattern)"
                case .keepQueue(let name): "keeps the queue \(name)"
                case .read(let name): "reads the queue \(name)"
                case .removeQueue(let name): "removes the queue \(name)"
                case .removeExchange: "removes the exchange"
                case .makeExchange(let name): "makes the exchange \(name)"
                }
            }

            func run(_ client: RawAMQPClient) async throws {
                switch self {
                case .publish(let key, let exchange):
                    try await client.publish(exchange: exchange, routingKey: key, headers: [], body: [1])
                case .follow(let pattern): try await client.declareOwnQueue(boundTo: "config.changes", pattern)
                case .keepQueue(let name):
                    try await client.declareQueue(name, boundTo: "config.changes", "config.#")
                case .read(let name): _ = try await client.properties(ofNextIn: name)
                case .removeQueue(let name): try await client.deleteQueue(name)
                case .removeExchange: try await client.deleteExchange("config.changes")
                case .makeExchange(let name): try await client.declareExchange(name, kind: "topic")
                }
            }
        }

        static let auditQueue = "configbus.audit.config.changes.default"

        static let allowed: [String: [Attempt]] = [
            "registry": [.publish("config.updated"), .follow("config.#"), .makeExchange("config.changes")],
            "audit": [.keepQueue(auditQueue), .read(auditQueue)],
            "watcher": [.follow("config.prod.parsing"), .follow("config.default.parsing"), .follow("*.prod.parsing")],
        ]

        static let refused: [String: [Attempt]] = [
            "registry": [.makeExchange("other"), .read(auditQueue), .removeQueue(auditQueue)],
            "audit": [
                .publish("config.updated"), .keepQueue("other"), .removeExchange,
                .publish(auditQueue, exchange: ""),
            ],
            "watcher": [
                .publish("config.updated"), .publish("config.prod.parsing"), .publish(auditQueue, exchange: ""),
                .follow("config.#"), .follow("#"), .follow("config.updated"), .follow("config.*"),
                .follow("config.prod.other"), .follow("config.prod.*"), .follow("config.prod.#"),
                .follow("config.*.parsing"), .follow("*.*.parsing"), .follow("config.dev.parsing"),
                .follow("config.prod.parsing.more"), .follow("config.prod.parsing.#"), .follow("schema.~.parsing"),
                .keepQueue("other"), .read(auditQueue), .removeQueue(auditQueue), .removeExchange,
                .makeExchange("other"),
            ],
        ]

        @Test func eachLoginCanDoItsWorkAndTheBrokerRefusesEverythingElse() async throws {
            try await withBench { bench in
                let secrets = try await bench.composeSecrets()
                try await withDefinitions(secrets, bench) { broker in
                    // The audit's queue is there before others try to reach it.
                    for login in ["registry", "audit", "watcher"] {
                        for attempt in Self.allowed[login, default: []] {
                            await #expect(throws: Never.self, "\(login) \(attempt)") {
                                try await attempt.run(try broker(login).rawClient())
                            }
                        }
                    }
                    for (login, attempts) in Self.refused {
                        for attempt in attempts {
                            let error = await #expect(throws: (any Error).self, "\(login) \(attempt)") {
                                try await attempt.run(try broker(login).rawClient())
                            }
                            #expect(error.map { "\($0)" }?.contains("ACCESS_REFUSED") == true, "\(login) \(attempt)")
                        }
                    }
                }
            }
        }

        @Test func aPasswordOfAnotherInstallationOpensNothing() async throws {
            try await withBench { bench in
                let secrets = try await bench.composeSecrets()
                let other = try await bench.composeSecrets("other")
                try await withDefinitions(secrets, bench) { broker in
                    let stranger = try broker("registry").login(
                        "\(bench.name)-registry", try other.brokerPassword(of: "registry"), virtualHost: bench.name)
                    await #expect(throws: (any Error).self) { _ = try await stranger.rawClient() }
                }
            }
        }

        /// Imports the definitions with a virtual host and logins of this test, and removes them afterwards.
        private func withDefinitions(
            _ secrets: ComposeSecrets, _ bench: TestBench, _ body: ((String) throws -> TestBroker) async throws -> Void
        ) async throws {
            let control = try #require(BrokerControl.shared)
            let logins = ["registry", "audit", "watcher"]
            var text = try secrets.text("definitions.json").replacing(
                #""vhost": "/""#, with: #""vhost": "\#(bench.name)""#
            )
            .replacing(#"{"name": "/"}"#, with: #"{"name": "\#(bench.name)"}"#)
            for login in logins {
                text = text.replacing(#""name": "\#(login)""#, with: #""name": "\#(bench.name)-\#(login)""#)
                    .replacing(#""user": "\#(login)""#, with: #""user": "\#(bench.name)-\#(login)""#)
            }
            try text.write(toFile: bench.path("definitions.json"), atomically: true, encoding: .utf8)
            try await control.run("import_definitions", bench.path("definitions.json"))
            let outcome: Result<Void, any Error>
            do {
                let broker = try bench.servers.broker
                try await body { login in
                    broker.login(
                        "\(bench.name)-\(login)", try secrets.brokerPassword(of: login), virtualHost: bench.name)
                }
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            for login in logins { try await control.run("delete_user", "\(bench.name)-\(login)") }
            try await control.run("delete_vhost", bench.name)
            try outcome.get()
        }
    }
}

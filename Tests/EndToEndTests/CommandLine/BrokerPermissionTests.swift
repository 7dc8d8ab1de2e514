import ConfigModel
import EventBus
import Logging
import RabbitBus
import TestSupport
import Testing

/// A virtual host of a test on the real broker, with logins that may do what 'admin broker-permissions' says.
private struct GrantedBroker {
    let bench: TestBench
    let control: BrokerControl
    let broker: TestBroker

    var vhost: String { bench.name }

    /// Removes it afterwards.
    static func with(_ bench: TestBench, _ body: (GrantedBroker) async throws -> Void) async throws {
        let broker = GrantedBroker(
            bench: bench, control: try #require(BrokerControl.shared), broker: try bench.servers.broker)
        try await broker.control.run("add_vhost", broker.vhost)
        let failure: (any Error)?
        do {
            try await body(broker)
            failure = nil
        } catch {
            failure = error
        }
        try await broker.control.run("delete_vhost", broker.vhost)
        let logins = ["registry", "watcher", "audit"].map { "rabbitmqctl delete_user \(broker.login($0)) || true" }
        try await broker.control.run(script: logins.joined(separator: "\n"))
        if let failure { throw failure }
    }

    func login(_ part: String) -> String { "\(bench.name).\(part)" }

    /// Makes a login with the permissions that the command prints, as it prints them; its URI.
    func uri(_ part: String, _ arguments: String...) async throws -> String {
        let login = login(part)
        let printed = try await bench.configbus(
            ["admin", "broker-permissions", login, "--vhost", vhost, "--exchange", bench.exchange] + arguments)
        #expect(printed.status == .exited(0), "\(printed.errors)")
        try await control.run(script: "rabbitmqctl add_user \(login) secret\n\(printed.output)")
        return uri(of: part)
    }

    func uri(of part: String) -> String {
        "amqp://\(login(part)):secret@\(broker.host):\(broker.port)/\(vhost)"
    }

    func bus(_ uri: String) throws -> RabbitBus {
        var options = RabbitBusOptions()
        options.missingExchange = .refuse
        return try RabbitBus(uri: uri, exchange: bench.exchange, name: "configbus tests", options: options)
    }
}

extension EndToEnd {
    @Suite(
        "Permissions at the broker",
        .enabled(if: BrokerControl.shared != nil, "\(BrokerControl.variable) is not set: run scripts/test"))
    struct BrokerPermissionTests {
        private let refused = [
            "config.updated", "config.created", "config.#", "#", "config.prod.#", "config.*.tenants.acme",
            "config.prod.tenants.*", "config.prod.tenants.acme2", "config.test.tenants.acme", "config.prod.parsing",
        ]

        @Test func aWatchersLoginReceivesItsDocumentsAndCanNeitherBindOthersNorPublish() async throws {
            try await withBench { bench in
                try await GrantedBroker.with(bench) { broker in
                    let registry = try await bench.startRegistry(
                        store: .embedded(), bus: .rabbitMQ(uri: broker.uri("registry", "--registry")))
                    let watcher = try broker.bus(
                        await broker.uri("watcher", "--grant", "watcher:tenants.acme.#/prod"))
                    try await receives(watcher, registry)
                    for pattern in refused { try await isRefused(pattern, by: watcher, broker) }
                    try await cannotPublish(watcher)
                    try await isExplained(registry, broker)
                }
            }
        }

        private func receives(_ watcher: RabbitBus, _ registry: RunningRegistry) async throws {
            let (own, below) = (
                try DocumentKey(parsing: "tenants.acme/prod"), try DocumentKey(parsing: "tenants.acme.monitors/prod")
            )
            let subscription = BusSubscription(
                patterns: ["config.prod.tenants.acme", "config.prod.tenants.acme.#"])
            let keys = try await watcher.withSubscription(subscription) { signals in
                var keys: [DocumentKey] = []
                for await signal in signals {
                    switch signal {
                    case .subscribed:
                        for key in ["tenants.acme2/prod", "tenants.acme/test"] {
                            try await registry.publish("{}", as: DocumentKey(parsing: key))
                        }
                        for key in [own, below] { try await registry.publish("{}", as: key) }
                    case .interrupted(let error): throw error
                    case .delivery(let delivery):
                        delivery.acknowledge()
                        keys.append(try ConfigEvent(json: delivery.body).key)
                        if keys.count == 2 { return keys }
                    }
                }
                return keys
            }
            #expect(Set(keys) == [own, below])
        }

        private func isRefused(_ pattern: String, by watcher: RabbitBus, _ broker: GrantedBroker) async throws {
            try await watcher.withSubscription(BusSubscription(patterns: [pattern])) { signals in
                for await signal in signals {
                    guard case .interrupted(let error) = signal else {
                        Issue.record("'\(pattern)' was bound")
                        return
                    }
                    #expect(error.code == .bindingRefused)
                    let permission =
                        "the topic permission to read '\(pattern)' on the exchange '\(broker.bench.exchange)'"
                    #expect(error.message.contains("The login '\(broker.login("watcher"))' needs \(permission)"))
                    #expect(error.message.contains("configbus admin broker-permissions"))
                    return
                }
            }
        }

        /// A person who runs a command with the login learns what it may not do.
        private func isExplained(_ registry: RunningRegistry, _ broker: GrantedBroker) async throws {
            let (bench, uri) = (broker.bench, broker.uri(of: "watcher"))
            let doctor = try await bench.configbus(
                "doctor", "--amqp-uri", uri, "--exchange", bench.exchange, at: registry)
            #expect(doctor.status == .exited(0) && doctor.output.contains("may bind its own documents only"))
            try await registry.publish("{}", as: bench.parsing)
            let watcher = try bench.startWatcher(of: "parsing", at: registry, broker: uri)
            let permission = "needs the topic permission to read 'config.prod.parsing'"
            #expect(await watcher.process.errors.first { $0.hasPrefix("watch:") && $0.contains(permission) } != nil)
            try await watcher.report("applied", 1, of: bench.parsing)
        }

        private func cannotPublish(_ watcher: RabbitBus) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await watcher.run() }
                defer { group.cancelAll() }
                try await eventually("connected") { watcher.status == .connected }
                let message = BusMessage(
                    routingKey: "config.updated", copyTo: ["config.prod.tenants.acme"], messageID: "m",
                    type: "ConfigUpdated", timestamp: 1, body: Array("{}".utf8))
                let error = await #expect(throws: BusError.self) { try await watcher.publish(message) }
                #expect(error?.message.contains("refused") == true, "\(String(describing: error))")
            }
        }

        @Test func watchOf100OfItsDocumentsAppliesAllOfThemWhatIsMoreThanGrantedIsNotNeeded() async throws {
            try await withBench { bench in
                try await GrantedBroker.with(bench) { broker in
                    let registry = try await bench.startRegistry(
                        store: .embedded(), bus: .rabbitMQ(uri: broker.uri("registry", "--registry")))
                    let services = (0..<100).map { "tenants.acme.s\($0)" }
                    let keys = try services.map { try DocumentKey(service: $0, environment: "prod") }
                    for key in keys { try await registry.publish(#"{"n": 1}"#, as: key) }
                    let watcher = try bench.startWatcher(
                        of: services, at: registry,
                        broker: await broker.uri("watcher", "--grant", "watcher:tenants.acme.#/prod"),
                        ["--poll-interval", "3600s"])
                    for key in keys { try await watcher.report("applied", 1, of: key) }
                    // By announcement: nothing asks the registry for an hour.
                    for key in keys { try await registry.publish(#"{"n": 2}"#, as: key) }
                    for key in keys { try await watcher.report("applied", 2, of: key) }
                    #expect(!watcher.process.errors.text.contains("error"), "\(watcher.process.errors.text)")
                }
            }
        }

        @Test func theAuditsLoginKeepsTheLogOfAllChanges() async throws {
            try await withBench { bench in
                try await GrantedBroker.with(bench) { broker in
                    let registry = try await bench.startRegistry(
                        store: .embedded(), bus: .rabbitMQ(uri: broker.uri("registry", "--registry")))
                    let uri = try await broker.uri("audit", "--grant", "auditor:#/*")
                    let audit = try bench.startAudit(of: registry, broker: uri)
                    try await registry.publish(#"{"n": 1}"#, as: bench.parsing)
                    try await audit.entries(1, about: bench.parsing)
                    try await registry.publish(#"{"n": 2}"#, as: bench.parsing)
                    try await audit.entries(2, about: bench.parsing)
                    #expect(!audit.process.errors.text.contains("error"), "\(audit.process.errors.text)")
                    try await cannotPublish(broker.bus(uri))
                }
            }
        }
    }
}

extension CommandLineTests {
    @Suite struct BrokerPermissionCommandTests {
        private let arguments = ["admin", "broker-permissions"]

        @Test func theCommandsAreForAShellAndJSONHasTheSame() async throws {
            try await withBench(on: nil) { bench in
                let grants = ["--grant", "watcher:tenants.acme.#/prod", "--grant", "publisher:b/test"]
                let text = try await bench.configbus(arguments + ["web"] + grants)
                let topics = #"^(config|rollout|\*)\.(prod\.tenants\.acme(\..*)?|test\.b)$"#
                #expect(
                    text.output == """
                        rabbitmqctl set_permissions -p / web '^amq\\.gen-.*$' '^amq\\.gen-.*$' '^(amq\\.gen-.*|config\\.changes)$'
                        rabbitmqctl set_topic_permissions -p / web config.changes '^$' '\(topics)'

                        """)
                let json = try await bench.configbus(arguments + ["web", "--output", "json"] + grants).object()
                #expect(try json.string("topic_read") == topics && json.string("topic_write") == "^$")
                #expect(try json.string("login") == "web" && json.string("configure") == #"^amq\.gen-.*$"#)
                let registry = try await bench.configbus(
                    arguments + ["it's", "--registry", "--vhost", "a b", "--exchange", "x"])
                #expect(registry.output.contains(#"-p 'a b' 'it'\''s' '^(amq\.gen-.*|x)$'"#))
                #expect(registry.output.contains("clear_topic_permissions"))
            }
        }

        @Test(arguments: [
            (["web", "--registry", "--grant", "reader:#/*"], "--registry"),
            (["web", "--grant", "reader"], "--grant"), (["web", "--grant", "reader:a.#.b/prod"], "last word"),
            (["web", "--grant", "king:#/*"], "role"), (["web", "--grant", "monitor:#/*"], "no login"),
            (["", "--registry"], "login"), (["web", "--registry", "--exchange", "amq.topic"], "--exchange"),
        ])
        func whatMakesNoSenseIsRefusedWithWhatToWrite(rest: [String], says: String) async throws {
            try await withBench(on: nil) { bench in
                let result = try await bench.configbus(arguments + rest)
                #expect(
                    result.status == .exited(2) && result.output == "" && result.errors.contains(says),
                    "\(result.errors)")
            }
        }
    }
}

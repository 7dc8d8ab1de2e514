import ConfigModel
import RabbitBus
import TestSupport
import Testing

@testable import EventBus

/// The expressions that a broker compares bindings with, against what a binding receives.
@Suite("What a login may bind is what its grants mean")
struct BrokerPermissionsTests {
    private func permissions(_ patterns: [String], exchange: String = "config.changes") throws -> BrokerPermissions {
        BrokerPermissions(for: [.following(try patterns.map { try DocumentPattern(parsing: $0) })], exchange: exchange)
    }

    private func mayBind(_ binding: String, _ patterns: [String]) throws -> Bool {
        let expression = try #require(try permissions(patterns).topics).read
        return try Regex(expression).firstMatch(in: binding) != nil
    }

    @Test func aWatcherOfAServiceAndAllBelowIt() throws {
        let permissions = try permissions(["tenants.acme.#/prod"])
        #expect(permissions.configure == #"^amq\.gen-.*$"#)
        #expect(permissions.write == #"^amq\.gen-.*$"#)
        #expect(permissions.read == #"^(amq\.gen-.*|config\.changes)$"#)
        #expect(permissions.topics?.read == #"^(config|rollout|\*)\.prod\.tenants\.acme(\..*)?$"#)
        #expect(permissions.topics?.write == "^$")
    }

    @Test func severalGrantsMakeOneExpression() throws {
        let topics = try #require(try permissions(["b/test", "a.*.c/prod", "b/test"]).topics)
        #expect(topics.read == #"^(config|rollout|\*)\.(prod\.a\.[^.#]+\.c|test\.b)$"#)
    }

    @Test func anExchangeOfAnyName() throws {
        let permissions = try permissions(["a/prod"], exchange: "site+(1).changes")
        #expect(permissions.read == #"^(amq\.gen-.*|site\+\(1\)\.changes)$"#)
    }

    @Test func aRegistryIsTrustedWithTheWholeExchangeAnAuditReadsAllOfItIntoItsOwnQueue() throws {
        let registry = BrokerPermissions(for: [.announcing], exchange: "config.changes")
        let names = #"^(amq\.gen-.*|config\.changes)$"#
        #expect(registry.configure == names && registry.write == names && registry.read == names)
        #expect(registry.topics == nil)
        let audit = BrokerPermissions(for: [.auditing], exchange: "config.changes")
        #expect(audit.configure == #"^configbus\.audit(\..*)?$"# && audit.write == audit.configure)
        #expect(audit.read == #"^(configbus\.audit(\..*)?|config\.changes)$"#)
        #expect(audit.topics?.read == #"^(config|schema)\.#$"#)
        let own = BrokerPermissions(for: [.auditing], exchange: "site.changes")
        #expect(own.configure == #"^configbus\.audit\.site\.changes(\..*)?$"#)
    }

    @Test(arguments: [
        "config.updated", "config.created", "config.#", "#", "*.#", "*.*", "config.*", "config.*.#",
        "config.prod.#",
        "config.prod", "config.prod.tenants.#", "config.prod.tenants.*", "config.prod.tenants.acme2",
        "config.prod.tenants.acme-2.x", "config.test.tenants.acme", "config.*.tenants.acme",
        "config.#.tenants.acme",
        "#.tenants.acme", "schema.~.tenants.acme", "xconfig.prod.tenants.acme", "config.prod.*.acme",
    ])
    func widerBindingsAndOtherDocumentsDoNotFit(binding: String) throws {
        #expect(try !mayBind(binding, ["tenants.acme.#/prod"]))
    }

    @Test(
        arguments: [
            "config.prod.tenants.acme", "config.prod.tenants.acme.monitors", "config.prod.tenants.acme.#",
            "config.prod.tenants.acme.*.x", "*.prod.tenants.acme.#", "rollout.prod.tenants.acme",
        ])
    func allowed(binding: String) throws {
        #expect(try mayBind(binding, ["tenants.acme.#/prod"]))
    }

    /// Each change is published with a key of two words, too: an environment may be called like it.
    @Test func environmentsThatAreCalledLikeAChange() throws {
        for change in ChangeType.allCases {
            let grant = ["#/\(change.rawValue)"]
            #expect(try !mayBind("config.\(change.rawValue).#", grant))
            #expect(try !mayBind("*.\(change.rawValue).#", grant))
            #expect(try mayBind("config.\(change.rawValue).a", grant))
            #expect(try mayBind("config.\(change.rawValue).a.#", grant))
        }
        #expect(try mayBind("config.prod.#", ["#/prod"]))
    }

    /// All bindings of up to five words out of few, against all documents with up to three: whatever may be bound receives
    /// nothing that the grants do not mean, and each document that they mean may be bound by its name.
    @Test func everyBindingReceivesWhatIsGrantedAtMost() throws {
        let names = ["a", "b", "updated"]
        func sequences(_ words: [String], _ counts: ClosedRange<Int>) -> [String] {
            counts.flatMap { count in
                (1..<max(count, 1)).reduce(words) { longer, _ in
                    longer.flatMap { text in words.map { "\(text).\($0)" } }
                }
            }
        }
        let environments = ["prod", "updated"]
        let documents = try sequences(names, 1...3).flatMap { service in
            try environments.map { try DocumentKey(service: service, environment: $0) }
        }
        let bindings = sequences(["config", "prod", "a", "updated", "*", "#"], 1...4).map { ($0, TopicPattern($0)) }
        let received = documents.map { key in
            (key, ["config.updated", RoutingKey.document(key)])
        }
        for grants in [
            ["a/prod"], ["a.#/prod"], ["#/prod"], ["#/updated"], ["*/updated"], ["*.#/updated"], ["a.*/prod"],
            ["*.b/prod"],
            ["*.*/prod", "b/updated"], ["a.*.#/updated"], ["updated.#/*"], ["a/*"],
        ] {
            let patterns = try grants.map { try DocumentPattern(parsing: $0) }
            let expression = try Regex(try #require(try permissions(grants).topics).read)
            for (binding, topic) in bindings where try expression.firstMatch(in: binding) != nil {
                for (key, routingKeys) in received where !patterns.contains(where: { $0.matches(key) }) {
                    #expect(!routingKeys.contains(where: topic.matches), "\(grants): \(binding) receives \(key)")
                }
            }
            for key in documents where patterns.contains(where: { $0.matches(key) }) {
                #expect(try expression.firstMatch(in: RoutingKey.document(key)) != nil, "\(grants): \(key)")
            }
        }
    }
}

package import ConfigModel

/// What a login has to be allowed at the broker, for what its program does there: nothing more.
///
/// Each text is a regular expression as RabbitMQ's access control reads it.
package struct BrokerPermissions: Sendable, Equatable {
    /// What a program does at the broker.
    package enum Use: Sendable, Hashable {
        /// Announces changes and listens to them: a registry.
        case announcing
        /// Follows documents: a watcher.
        case following([DocumentPattern])
        /// Keeps the log of all changes, with a queue that outlives it.
        case auditing
    }

    /// Permissions on an exchange by routing key: which it may publish with, and which patterns it may bind.
    package struct Topics: Sendable, Equatable {
        /// The routing keys that it may publish with.
        package let write: String
        /// The patterns that it may bind.
        package let read: String
    }

    /// The queues and exchanges that it may declare.
    package let configure: String
    /// The queues and exchanges that it may publish to, and the queues that it may bind.
    package let write: String
    /// The queues that it may consume, and the exchanges that it may bind to.
    package let read: String
    /// Nil for a login that is trusted with the whole exchange.
    package let topics: Topics?

    /// - Parameters:
    ///   - uses: what the program does; it may do all of it.
    ///   - exchange: the exchange that registries announce on.
    package init(for uses: Set<Use>, exchange: String) {
        let exchangeName = Self.escaped(exchange)
        var queues: [String] = []
        var topics: [String] = []
        for use in uses {
            switch use {
            case .announcing: queues.append(Self.temporaryQueue)
            case .following(let documents):
                queues.append(Self.temporaryQueue)
                topics.append(contentsOf: Self.topics(of: documents))
            case .auditing:
                queues.append(Self.auditQueue(exchange))
                topics.append(#"(config|schema)\.#"#)
            }
        }
        let own = Set(queues).sorted()
        let isAnnouncing = uses.contains(.announcing)
        configure = Self.anyOf(own + (isAnnouncing ? [exchangeName] : []))
        write = configure
        read = Self.anyOf(own + [exchangeName])
        self.topics = isAnnouncing ? nil : Topics(write: "^$", read: Self.anyOf(topics))
    }

    /// The names that the broker makes for queues without one.
    private static let temporaryQueue = #"amq\.gen-.*"#

    /// Audits of an exchange share the beginning of their queues' names.
    private static func auditQueue(_ exchange: String) -> String {
        let queue = exchange == "config.changes" ? "configbus.audit" : "configbus.audit.\(exchange)"
        return escaped(queue) + #"(\..*)?"#
    }

    private static func topics(of documents: [DocumentPattern]) -> [String] {
        let places = Set(documents.map(TopicExpression.place)).sorted()
        guard !places.isEmpty else { return [] }
        return ["\(TopicExpression.firstWord)\\.\(alternatives(places))"]
    }

    private static func anyOf(_ expressions: [String]) -> String { "^\(alternatives(expressions))$" }

    private static func alternatives(_ expressions: [String]) -> String {
        expressions.count == 1 ? expressions[0] : "(\(expressions.joined(separator: "|")))"
    }

    /// A text as an expression that matches it and nothing else.
    static func escaped(_ text: String) -> String {
        String(
            text.flatMap { character in
                let isPlain = !character.isASCII || character.isLetter || character.isNumber || "-_".contains(character)
                return isPlain ? [character] : ["\\", character]
            })
    }
}

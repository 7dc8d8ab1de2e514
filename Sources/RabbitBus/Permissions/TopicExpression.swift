import ConfigModel

/// The binding patterns with which nothing but certain documents is received, as a part of a regular expression.
///
/// RabbitMQ compares the pattern that is to be bound, its wildcards included, with the expression of the login. So `*` and `#`
/// of a binding have to be refused wherever they would reach further than the grant: `#` in the place of one word would stand
/// for any number of them.
enum TopicExpression {
    /// What stands before the environment: changes of documents, changes that are rolled out step by step, or both.
    static let firstWord = #"(config|rollout|\*)"#

    /// A name of an environment, whichever; not those of reserved ones, and no wildcard.
    private static let environment = "[A-Za-z0-9][A-Za-z0-9_-]*"
    /// One word of a service, or `*` for it.
    private static let word = "[^.#]+"

    /// Environment and service.
    static func place(_ documents: DocumentPattern) -> String {
        let environment = documents.environment.map(BrokerPermissions.escaped) ?? Self.environment
        var text = environment
        for (index, word) in documents.service.words.enumerated() {
            switch word {
            case .literal(let name): text += "\\." + BrokerPermissions.escaped(name)
            case .one: text += "\\." + Self.word
            case .rest where index == 0: text += Self.anyService(documents.environment)
            case .rest: text += #"(\..*)?"#
            }
        }
        return text
    }

    /// All services of an environment.
    ///
    /// Every change also has a key of two words, `config.updated`, which `config.updated.#` would match too: an environment of
    /// such a name is bound with at least one word of the service.
    private static func anyService(_ environment: String?) -> String {
        let isChange = environment.map { ChangeType(rawValue: $0) != nil } ?? false
        return isChange ? #"\.[^.#]+(\..*)?"# : #"\..+"#
    }
}

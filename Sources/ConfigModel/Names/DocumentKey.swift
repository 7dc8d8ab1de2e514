/// The identity of a document: the configuration of one service in one environment.
///
/// Its text form is `service/environment`, for example `parsing/prod`. Service names may contain dots, which make a
/// hierarchy (`tenants.acme.monitors`); environment names may not.
public struct DocumentKey: Hashable, Sendable {
    /// The environment that is meant when none is named.
    public static let defaultEnvironment = "default"

    /// `[A-Za-z0-9][A-Za-z0-9._-]{0,127}`.
    public let service: String

    /// `[A-Za-z0-9][A-Za-z0-9_-]{0,63}`; with a `~` in front for documents that the registry keeps for itself.
    public let environment: String

    /// Makes a key after checking both names.
    ///
    /// - Throws: `InvalidName`, whose description states the rule that was broken.
    public init(service: String, environment: String = DocumentKey.defaultEnvironment) throws(InvalidName) {
        self.service = try NameRule.service.check(service)
        self.environment = try NameRule.environment.check(environment)
    }

    /// Takes names that were checked.
    init(checkedService service: String, environment: String) {
        self.service = service
        self.environment = environment
    }

    /// Reads the text form `service/environment`, or `service` alone for the default environment.
    ///
    /// - Throws: `InvalidName`.
    public init(parsing text: String) throws(InvalidName) {
        guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
            try self.init(service: text)
            return
        }
        try self.init(service: String(text[..<slash]), environment: String(text[text.utf8.index(after: slash)...]))
    }
}

extension DocumentKey: CustomStringConvertible {
    /// The text form `service/environment`.
    public var description: String { "\(service)/\(environment)" }
}

extension DocumentKey: Comparable {
    /// Orders by environment, then by service: the order in which a store enumerates documents.
    public static func < (left: DocumentKey, right: DocumentKey) -> Bool {
        (left.environment, left.service) < (right.environment, right.service)
    }
}

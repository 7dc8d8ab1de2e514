/// A service and all below it, by whole dot-separated words, in one environment.
///
/// `tenants.acme` means `tenants.acme` and `tenants.acme.monitors`, not `tenants.acme2`.
public struct DocumentPrefix: Hashable, Sendable {
    /// The service's name.
    public let service: String
    /// The environment's name.
    public let environment: String

    /// Makes a prefix after checking both names.
    ///
    /// - Throws: `InvalidName`, whose description states the rule that was broken.
    public init(service: String, environment: String = DocumentKey.defaultEnvironment) throws(InvalidName) {
        self.service = try NameRule.service.check(service)
        self.environment = try NameRule.environment.check(environment)
    }

    /// True for a document that is meant.
    public func includes(_ key: DocumentKey) -> Bool {
        key.environment == environment && includes(service: key.service)
    }

    /// True when everything that the other prefix means is meant by this one too.
    public func includes(_ other: DocumentPrefix) -> Bool {
        other.environment == environment && includes(service: other.service)
    }

    private func includes(service other: String) -> Bool {
        guard other.utf8.starts(with: service.utf8) else { return false }
        let rest = other.utf8.dropFirst(service.utf8.count)
        return rest.isEmpty || rest.first == UInt8(ascii: ".")
    }
}

extension DocumentPrefix: CustomStringConvertible {
    /// As a pattern is written: `tenants.acme.#/prod`.
    public var description: String { "\(service).#/\(environment)" }
}

extension DocumentPrefix: Comparable {
    /// Orders by environment, then by service, as documents are.
    public static func < (left: DocumentPrefix, right: DocumentPrefix) -> Bool {
        (left.environment, left.service) < (right.environment, right.service)
    }
}

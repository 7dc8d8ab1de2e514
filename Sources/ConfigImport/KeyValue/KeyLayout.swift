import ConfigModel

/// Where service and environment are in the keys of a store of keys and values: `config/{environment}/{service}`.
package struct KeyLayout: Sendable, Equatable {
    private enum Part: Sendable, Equatable {
        case literal(String)
        case service
        case environment
    }

    private let parts: [Part]
    private let service: String?
    private let environment: String

    /// - Parameters:
    ///   - template: the first parts of every key, divided by `/`; nil for `{service}/{environment}`, without what is given.
    ///   - service: the service of all keys; nil when the keys say it.
    ///   - environment: the environment of all keys; nil when the keys say it.
    /// - Throws: `UnusableLayout`.
    package init(template: String?, service: String? = nil, environment: String? = nil) throws(UnusableLayout) {
        let implied = [service == nil ? "{service}" : nil, environment == nil ? "{environment}" : nil]
        let text = template ?? implied.compactMap(\.self).joined(separator: "/")
        var parts: [Part] = []
        for word in Self.words(of: text) {
            switch word {
            case "{service}": parts.append(.service)
            case "{environment}": parts.append(.environment)
            case let word where word.contains("{") || word.contains("}") || word.isEmpty:
                throw UnusableLayout(
                    reason:
                        "'\(text)' is no layout: between slashes stand {service}, {environment} or the words of the keys"
                )
            default: parts.append(.literal(word))
            }
        }
        for part in [Part.service, .environment] where parts.count(where: { $0 == part }) > 1 {
            throw UnusableLayout(reason: "'\(text)' has the same place twice")
        }
        guard (service != nil) != parts.contains(.service) else {
            throw UnusableLayout(
                reason: service == nil
                    ? "'\(text)' does not say where the service is: write {service} for it, or name it with --service"
                    : "the service is named with --service, and '\(text)' takes it from the keys")
        }
        guard environment == nil || !parts.contains(.environment) else {
            throw UnusableLayout(
                reason: "the environment is named with --environment, and '\(text)' takes it from the keys")
        }
        self.parts = parts
        self.service = service
        self.environment = environment ?? DocumentKey.defaultEnvironment
    }

    /// What a key means.
    struct Meaning {
        var service: String
        var environment: String
        /// The members on the way to the value; none for a whole document.
        var path: [String]
    }

    /// nil for a key that is not of this layout.
    func meaning(of key: String) -> Meaning? {
        let words = Self.words(of: key)
        guard words.count >= parts.count else { return nil }
        var meaning = Meaning(service: service ?? "", environment: environment, path: [])
        for (part, word) in zip(parts, words) {
            switch part {
            case .literal(let text): guard text.utf8.elementsEqual(word.utf8) else { return nil }
            case .service: meaning.service = word
            case .environment: meaning.environment = word
            }
        }
        meaning.path = Array(words.dropFirst(parts.count))
        return meaning
    }

    /// The parts between slashes; one slash at the start and one at the end mean nothing.
    private static func words(of text: String) -> [String] {
        var bytes = text.utf8[...]
        if bytes.first == UInt8(ascii: "/") { bytes = bytes.dropFirst() }
        if bytes.last == UInt8(ascii: "/") { bytes = bytes.dropLast() }
        guard !bytes.isEmpty else { return [] }
        return bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { String(Substring($0)) }
    }
}

/// A layout that is none.
package struct UnusableLayout: Error, CustomStringConvertible {
    let reason: String

    package var description: String { "\(reason)." }
}

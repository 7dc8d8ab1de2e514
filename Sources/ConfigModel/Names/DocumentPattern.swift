/// Which documents are meant: a pattern of services and an environment, `*` for every one, written `service/environment`.
///
/// No pattern means a document of a reserved environment.
package struct DocumentPattern: Sendable, Hashable {
    /// Every document: `#/*`.
    package static let everything = DocumentPattern(service: .everything, environment: nil)

    /// Which services.
    package let service: ServicePattern
    /// Which environment; nil for every one.
    package let environment: String?

    /// Puts a pattern together; the name of the environment was checked.
    private init(service: ServicePattern, environment: String?) {
        self.service = service
        self.environment = environment
    }

    /// Reads the text form: `tenants.acme.#/prod`, `#/*`.
    ///
    /// - Throws: `InvalidPattern`, which says what a pattern may be.
    package init(parsing text: String) throws(InvalidPattern) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw InvalidPattern(text: text, reason: "write SERVICE/ENVIRONMENT, for example 'parsing/prod' or '#/*'")
        }
        service = try ServicePattern(parsing: String(parts[0]))
        if parts[1] == "*" {
            environment = nil
        } else {
            do throws(InvalidName) {
                environment = try NameRule.environment.check(String(parts[1]))
            } catch {
                throw InvalidPattern(text: text, reason: "an environment is a name or '*'")
            }
        }
    }

    /// The pattern of one document.
    package init(_ key: DocumentKey) throws(InvalidPattern) {
        try self.init(parsing: key.description)
    }

    /// True when the document is meant.
    package func matches(_ key: DocumentKey) -> Bool {
        guard !key.isReserved else { return false }
        return (environment.map { $0 == key.environment } ?? true) && service.matches(key.service)
    }

    /// True when every document that the other pattern means is meant by this one too.
    package func includes(_ other: DocumentPattern) -> Bool {
        (environment == nil || environment == other.environment) && service.includes(other.service)
    }
}

extension DocumentPattern: CustomStringConvertible {
    /// The text form.
    package var description: String { "\(service)/\(environment ?? "*")" }
}

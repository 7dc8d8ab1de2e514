package import ConfigModel

/// A role for some documents, written `role:service/environment`: `publisher:tenants.acme.#/prod`, `admin:#/*`.
package struct Grant: Sendable, Hashable {
    /// The most bytes of the text form.
    package static let maximumBytes = 256
    /// The most grants of one identity.
    package static let maximumCount = 32
    /// May do everything that an administrator may: `admin:#/*`.
    package static let administrator = Grant(role: .admin, documents: .everything)

    /// What may be done.
    package let role: Role
    /// To which documents.
    package let documents: DocumentPattern

    /// Puts a grant together.
    package init(role: Role, documents: DocumentPattern) {
        self.role = role
        self.documents = documents
    }

    /// Reads the text form.
    ///
    /// - Throws: `InvalidPattern`, which says what a grant may be.
    package init(parsing text: String) throws(InvalidPattern) {
        guard text.utf8.count <= Self.maximumBytes else {
            throw InvalidPattern(
                text: String(text.prefix(60)) + "...", reason: "a grant has at most \(Self.maximumBytes) bytes")
        }
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else {
            throw InvalidPattern(
                text: text,
                reason: "write ROLE:SERVICE/ENVIRONMENT, for example 'publisher:parsing/prod' or 'reader:#/*'")
        }
        guard let role = Role(rawValue: String(text[..<colon])) else {
            let roles = Role.allCases.map(\.rawValue).joined(separator: ", ")
            throw InvalidPattern(text: text, reason: "the role of a grant is one of \(roles)")
        }
        do throws(InvalidPattern) {
            documents = try DocumentPattern(parsing: String(text[text.utf8.index(after: colon)...]))
        } catch {
            throw InvalidPattern(text: text, reason: error.reason)
        }
        guard role != .monitor || documents == .everything else {
            throw InvalidPattern(text: text, reason: "monitor concerns no documents: write 'monitor:#/*'")
        }
        self.role = role
    }

    /// True when an identity with this grant could be given the other one without being able to do more.
    package func includes(_ other: Grant) -> Bool {
        role.includes(other.role) && documents.includes(other.documents)
    }
}

extension Grant: CustomStringConvertible {
    /// The text form.
    package var description: String { "\(role.rawValue):\(documents)" }
}

extension Grant: Comparable {
    /// Orders by the text form, so that equal sets of grants are written alike.
    package static func < (left: Grant, right: Grant) -> Bool { left.description < right.description }
}

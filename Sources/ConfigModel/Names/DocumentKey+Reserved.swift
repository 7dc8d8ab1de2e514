/// Reserved environments: where the registry keeps documents of its own, such as schemas. Their names begin with `~`, which is
/// in no name that a user can write, so that no call of a user names such a document.
extension DocumentKey {
    /// What the names of reserved environments begin with, and no others. In key order they come last.
    package static let reservedMark = "~"

    /// Makes the key of a document in a reserved environment.
    ///
    /// - Parameters:
    ///   - service: a name of a service.
    ///   - name: the environment's name without the mark: `schema` for `~schema`.
    /// - Throws: `InvalidName`.
    package init(service: String, reserved name: String) throws(InvalidName) {
        self.init(
            checkedService: try NameRule.service.check(service),
            environment: Self.reservedMark + (try NameRule.environment.check(name)))
    }

    /// Makes a key of names as a store keeps them: those of reserved environments too.
    ///
    /// - Throws: `InvalidName`.
    package init(storedService service: String, environment: String) throws(InvalidName) {
        if environment.utf8.first == UInt8(ascii: "~") {
            try self.init(service: service, reserved: String(environment.unicodeScalars.dropFirst()))
        } else {
            try self.init(service: service, environment: environment)
        }
    }

    /// True for a document of a reserved environment. Lists, watches of several documents and statistics leave it out.
    package var isReserved: Bool { environment.utf8.first == UInt8(ascii: "~") }

    /// The environment without the mark; nil when it is not reserved.
    package var reservedName: String? { isReserved ? String(environment.unicodeScalars.dropFirst()) : nil }
}

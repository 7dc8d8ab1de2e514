package import ConfigModel
package import ConfigStore

/// The first line of a backup: what it is of, and how that store was set.
package struct BackupHeader: Sendable, Equatable {
    /// The format that this program writes.
    package static let format = "configbus-backup-1"
    /// What every backup begins with, also one of a later format.
    private static let beginning = Array(#"{"format":"configbus-backup-"#.utf8)

    /// The name of the registry that made it.
    package let registry: String
    /// The epoch that counted.
    package let epoch: Epoch
    /// When it was begun.
    package let at: Timestamp
    /// Whether unsigned versions were taken.
    package let signing: SigningRule
    /// Whether callers needed a credential.
    package let authentication: AuthenticationRule
    /// Whether tokens and denials are in it.
    package let hasAccess: Bool

    /// Describes the backup of a store.
    package init(registry: String, state: StoreState, at: Timestamp, hasAccess: Bool) {
        self.registry = registry
        self.at = at
        self.hasAccess = hasAccess
        epoch = state.epoch
        signing = state.signing
        authentication = state.authentication
    }

    /// Reads the line.
    package init(json object: JSONObject) throws(JSONFieldError) {
        guard try object.string("format") == Self.format else {
            throw JSONFieldError(
                field: "format",
                problem: .invalid("this program reads \(Self.format); a newer version of configbus may read this one."))
        }
        registry = try object.string("registry")
        epoch = try object.parsed("epoch") { Epoch(parsing: $0) }
        at = try object.parsed("at") { Timestamp(parsing: $0) }
        signing = try object.parsed("signing") { SigningRule(rawValue: $0) }
        authentication = try object.parsed("authentication") { AuthenticationRule(rawValue: $0) }
        hasAccess = try object.bool("access")
    }

    /// True when a file that begins so may be a backup.
    ///
    /// - Parameter bytes: the first ones; of fewer than the first line needs those that are there count.
    package static func mayBegin(_ bytes: some Collection<UInt8>) -> Bool {
        zip(bytes, beginning).allSatisfy(==)
    }

    /// The line.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object { header in
            header.member("format", Self.format)
            header.member("registry", registry)
            header.member("epoch", epoch.description)
            header.member("at", at.description)
            header.member("signing", signing.rawValue)
            header.member("authentication", authentication.rawValue)
            header.member("access", hasAccess)
        }
        return writer.bytes
    }
}

extension JSONObject {
    /// A text that must be there, as something else.
    func parsed<Value>(_ key: String, _ read: (String) -> Value?) throws(JSONFieldError) -> Value {
        guard let value = read(try string(key)) else {
            throw JSONFieldError(field: key, problem: .invalid("it is nothing that this program knows."))
        }
        return value
    }

    /// The same; nil when there is none.
    func optionallyParsed<Value>(_ key: String, _ read: (String) -> Value?) throws(JSONFieldError) -> Value? {
        try optionalString(key) == nil ? nil : try parsed(key, read)
    }
}

import ConfigModel
import ConfigSignatures

/// Records to test with.
enum Sample {
    static let epoch = Epoch(number: 1, identifier: "7d444840-9dc0-41d1-b245-5ffdce74fad2")

    /// A record with everything that a record can have, unless told otherwise.
    static func record(
        service: String = "parsing", environment: String = "prod", version: Int64 = 7,
        changeType: ChangeType = .updated,
        content: String = #"{"db_host":"production-db","ports":[1,1.0],"é":"\u0001/"}"#,
        comment: String = "for \"peak\"",
        isBare: Bool = false
    ) throws -> VersionRecord {
        let key = try DocumentKey(service: service, environment: environment)
        return VersionRecord(
            key: key, version: version, changeType: changeType,
            content: try changeType == .deleted ? .empty : Content(parsing: Array(content.utf8)),
            previousHash: version == 1 ? nil : SHA256Text.hash(Array("the version before".utf8)), epoch: epoch,
            changeID: "deploy-42", correlationID: isBare ? nil : "request-1",
            changeSet: isBare ? nil : try changeSet(with: key, version),
            createdAt: Timestamp(milliseconds: 1_795_210_200_123), createdBy: "mia", comment: comment,
            restoredFrom: isBare ? nil : 3, overrides: isBare ? nil : "guards")
    }

    /// A set of that version and another.
    static func changeSet(with key: DocumentKey, _ version: Int64) throws -> ChangeSet {
        ChangeSet(
            epoch: epoch, changeID: "deploy-42",
            versions: [(key, version), (try DocumentKey(service: "tenants.acme.relay", environment: "prod"), 3)])
    }

    static func signer() throws -> RecordSigner { try RecordSigner(seed: Array(0..<32)) }

    static func signedRecord() throws -> VersionRecord {
        let record = try record()
        return record.signed(try signer().sign(record))
    }

    /// A value from JSON text.
    static func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: text) }

    /// An object from JSON text.
    static func object(_ text: String) throws -> JSONObject {
        guard case .object(let object) = try JSONValue(parsing: text) else { throw NotAnObject() }
        return object
    }

    struct NotAnObject: Error {}
}

package import ConfigModel

/// What the headers of a response say about a version: with these a reader recomputes hash and signature.
package struct HeadFacts: Sendable, Equatable {
    /// The number of the version.
    package let version: Int64
    /// The hash of the content.
    package let contentHash: String
    /// The hash of the whole record.
    package let recordHash: String
    /// The store's epoch, in which the version counts.
    package let epoch: Epoch
    /// The signed statement that this epoch counts.
    package let epochStatement: EpochStatement?
    /// The epoch in which the version was made; an earlier one after the store got a new one.
    package let recordEpoch: Epoch
    /// What the version did.
    package let changeType: ChangeType
    /// The signature of the version.
    package let signature: RecordSignature?
    /// When the version was made, as HTTP writes it.
    package let lastModified: String?

    /// The facts about a record.
    ///
    /// - Parameters:
    ///   - record: the version.
    ///   - epoch: the store's.
    ///   - statement: the signed statement that this epoch counts.
    package init(_ record: VersionRecord, epoch: Epoch, statement: EpochStatement? = nil) {
        version = record.version
        contentHash = record.content.hash
        recordHash = record.recordHash
        self.epoch = epoch
        epochStatement = statement
        recordEpoch = record.epoch
        changeType = record.changeType
        signature = record.signature
        lastModified = HTTPDate(record.createdAt).description
    }

    /// Names the version in `If-None-Match` and `If-Match`.
    package var etag: String { epoch.etag(version) }

    /// What a signature of the version is made over.
    package func signed(_ key: DocumentKey) -> SignedFacts {
        SignedFacts(
            epoch: recordEpoch, key: key, version: version, changeType: changeType, contentHash: contentHash,
            recordHash: recordHash)
    }
}

extension HeadFacts {
    /// The headers.
    package var headers: [(name: HeaderName, value: String)] {
        var headers: [(name: HeaderName, value: String)] = [
            (.etag, etag), (.configVersion, String(version)), (.configHash, contentHash),
            (.configRecordHash, recordHash), (.configEpoch, epoch.description),
        ]
        if let epochStatement { headers.append((.configEpochSignature, epochStatement.headerValue)) }
        if recordEpoch != epoch { headers.append((.configRecordEpoch, recordEpoch.description)) }
        headers.append((.configChangeType, changeType.rawValue))
        if let signature {
            headers += [(.configSignature, signature.signature), (.configKeyID, signature.keyID)]
        }
        if let lastModified { headers.append((.lastModified, lastModified)) }
        return headers
    }

    /// The headers that go with a whole record: the rest is in the body.
    package static func identity(
        of record: VersionRecord, epoch: Epoch
    ) -> [(name: HeaderName, value: String)] {
        [
            (.etag, epoch.etag(record.version)), (.configVersion, String(record.version)),
            (.configEpoch, epoch.description),
        ]
    }

    /// Reads the headers.
    ///
    /// - Parameter values: all values of a header.
    package init(_ values: (HeaderName) -> [String]) throws(InvalidResponse) {
        guard let version = Int64(try Self.single(.configVersion, values)), version >= 1,
            let epoch = Epoch(parsing: try Self.single(.configEpoch, values)),
            let changeType = ChangeType(rawValue: try Self.single(.configChangeType, values))
        else { throw InvalidResponse("a malformed Config-Version, Config-Epoch or Config-Change-Type header") }
        self.version = version
        self.epoch = epoch
        self.changeType = changeType
        epochStatement = try Self.optional(.configEpochSignature, values) { EpochStatement(headerValue: $0) }
        recordEpoch = try Self.optional(.configRecordEpoch, values) { Epoch(parsing: $0) } ?? epoch
        contentHash = try Self.hash(.configHash, values)
        recordHash = try Self.hash(.configRecordHash, values)
        if let bytes = try Self.optional(.configSignature, values, { $0 }) {
            signature = RecordSignature(signature: bytes, keyID: try Self.single(.configKeyID, values))
        } else {
            signature = nil
        }
        let dates = values(.lastModified)
        lastModified = dates.count == 1 ? dates[0] : nil
        guard try Self.single(.etag, values) == etag else {
            throw InvalidResponse("an ETag that does not name the version")
        }
    }

    private static func single(
        _ name: HeaderName, _ values: (HeaderName) -> [String]
    ) throws(InvalidResponse) -> String {
        let found = values(name)
        guard found.count == 1 else {
            throw InvalidResponse("\(found.isEmpty ? "no" : "more than one") \(name.rawValue) header")
        }
        return found[0]
    }

    private static func optional<Value>(
        _ name: HeaderName, _ values: (HeaderName) -> [String], _ read: (String) -> Value?
    ) throws(InvalidResponse) -> Value? {
        guard !values(name).isEmpty else { return nil }
        guard let value = read(try single(name, values)) else {
            throw InvalidResponse("a malformed \(name.rawValue) header")
        }
        return value
    }

    private static func hash(
        _ name: HeaderName, _ values: (HeaderName) -> [String]
    ) throws(InvalidResponse) -> String {
        let hash = try single(name, values)
        guard SHA256Text.isWellFormed(hash) else { throw InvalidResponse("a malformed \(name.rawValue) header") }
        return hash
    }
}

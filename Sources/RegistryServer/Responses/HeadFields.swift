import ConfigModel
import HTTPTypes

/// The headers that say which version an answer is about.
enum HeadFields {
    /// What proves the version: with these a reader recomputes hash and signature.
    ///
    /// - Parameters:
    ///   - epoch: the store's, in which versions count; the record's own is older after the store got a new one.
    ///   - statement: the signed statement that this epoch counts.
    static func facts(of record: VersionRecord, epoch: Epoch, statement: EpochStatement? = nil) -> HTTPFields {
        var fields = HTTPFields()
        fields.reserveCapacity(16)
        fields.append(HTTPField(name: .eTag, value: EntityTag(epoch: epoch, version: record.version).description))
        fields.append(HTTPField(name: .configVersion, value: String(record.version)))
        fields.append(HTTPField(name: .configHash, value: record.content.hash))
        fields.append(HTTPField(name: .configRecordHash, value: record.recordHash))
        fields.append(HTTPField(name: .configEpoch, value: epoch.description))
        if let statement { fields.append(HTTPField(name: .configEpochSignature, value: statement.headerValue)) }
        if record.epoch != epoch {
            fields.append(HTTPField(name: .configRecordEpoch, value: record.epoch.description))
        }
        fields.append(HTTPField(name: .configChangeType, value: record.changeType.rawValue))
        if let signature = record.signature {
            fields.append(HTTPField(name: .configSignature, value: signature.signature))
            fields.append(HTTPField(name: .configKeyID, value: signature.keyID))
        }
        fields.append(HTTPField(name: .lastModified, value: HTTPDate(record.createdAt).description))
        return fields
    }

    /// What goes with a whole record: the rest is in the body.
    static func identity(of record: VersionRecord, epoch: Epoch) -> HTTPFields {
        var fields = HTTPFields()
        fields.append(HTTPField(name: .eTag, value: EntityTag(epoch: epoch, version: record.version).description))
        fields.append(HTTPField(name: .configVersion, value: String(record.version)))
        fields.append(HTTPField(name: .configEpoch, value: epoch.description))
        return fields
    }
}

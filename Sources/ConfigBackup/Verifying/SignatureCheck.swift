import ConfigModel
import ConfigStore

/// The signatures of versions.
///
/// With trusted keys the newest version of every document must be signed with one of them: it is chained to all before it, so
/// that none of them can be another. Older ones may be unsigned, or signed with a key that was replaced; what names a
/// trusted key has to hold anywhere.
struct SignatureCheck {
    /// The keys that were named.
    private(set) var keyIDs: Set<String> = []
    /// How many versions have no signature.
    private(set) var unsigned = 0
    private let keys: TrustedKeys?
    /// Why the last version does not count as signed, if it is the newest of its document.
    private var last: (key: DocumentKey, fault: BackupFault?)?

    init(keys: TrustedKeys?) { self.keys = keys }

    mutating func take(_ record: VersionRecord, line: Int) throws(BackupFault) {
        if let signature = record.signature {
            if !keyIDs.contains(signature.keyID) { keyIDs.insert(signature.keyID) }
        } else {
            unsigned += 1
        }
        guard let keys else { return }
        if let last, last.key != record.key { try finish() }
        do throws(SignatureFailure) {
            try keys.verify(record.signedFacts, signature: record.signature)
            last = (record.key, nil)
        } catch {
            let fault = BackupFault(line: line, "Version \(record.version) of \(record.key): \(error.reason)")
            switch error {
            case .wrong, .malformed: throw fault
            case .missing, .unknownKey, .outOfScope: last = (record.key, fault)
            }
        }
    }

    /// To be called when the last version was the newest of its document.
    func finish() throws(BackupFault) {
        if let fault = last?.fault { throw fault }
    }
}

package import ConfigModel
import ConfigStore
import Crypto

/// Reads a backup line by line and proves it: contents, record hashes, chains, change sets, signatures, the order of lines and
/// the checksum. A value, whatever the lines come from.
package struct BackupScan: Sendable {
    /// How many lines were read.
    package private(set) var lines = 0
    /// How much was met until now.
    package private(set) var counts = BackupTrailer.Counts()
    /// The first line; nil before it was read.
    package private(set) var header: BackupHeader?
    private var trailer: BackupTrailer?
    private var hash = SHA256()
    private var stage = 0
    private var chain = ChainCheck()
    private var sets = UnfinishedSets()
    private var pruned: [DocumentKey: Int64] = [:]
    private var prunedVersions: Int64 = 0
    private var signatures: SignatureCheck

    /// Begins at the first line.
    ///
    /// - Parameter keys: whose signatures count; nil to count none.
    package init(keys: TrustedKeys? = nil) { signatures = SignatureCheck(keys: keys) }

    /// Takes the next line, without its line feed.
    ///
    /// - Returns: what it holds; nil for the first and the last line.
    @discardableResult
    package mutating func take(_ line: [UInt8]) throws(BackupFault) -> BackupItem? {
        lines += 1
        guard trailer == nil else { throw fault("It stands behind the last line.") }
        let object = try object(line)
        if header == nil {
            let read = try reading { try BackupHeader(json: object) }
            try requireForm(line, read.jsonBytes)
            header = read
        } else if object["sha256"] != nil {
            try finish(try reading { try BackupTrailer(json: object) }, line)
            return nil
        } else {
            let item = try reading { try BackupItem(json: object) }
            try requireForm(line, item.jsonBytes)
            try take(item)
            add(line)
            return item
        }
        add(line)
        return nil
    }

    /// What the backup holds; to be called when there are no more lines.
    ///
    /// - Parameter hasRest: something stands behind the last line feed.
    package func summary(hasRest: Bool) throws(BackupFault) -> BackupSummary {
        guard !hasRest else {
            throw BackupFault(line: lines + 1, "It does not end: the backup was cut off, or is still being written.")
        }
        guard let header, let trailer else {
            throw BackupFault(
                line: lines + 1,
                lines == 0
                    ? "It is missing: the backup is empty."
                    : "It is missing: the backup was cut off before its last line, or is still being written.")
        }
        return BackupSummary(
            header: header, trailer: trailer, prunedVersions: prunedVersions, keyIDs: signatures.keyIDs.sorted(),
            unsigned: signatures.unsigned)
    }
}

extension BackupScan {
    private mutating func add(_ line: [UInt8]) {
        hash.update(data: line)
        hash.update(data: [UInt8(ascii: "\n")])
    }

    private func fault(_ reason: String) -> BackupFault { BackupFault(line: lines, reason) }

    private func object(_ line: [UInt8]) throws(BackupFault) -> JSONObject {
        let value: JSONValue
        do { value = try JSONReader.read(line) } catch { throw fault("It is no JSON. \(error)") }
        guard case .object(let object) = value else { throw fault("It is no JSON object.") }
        return object
    }

    private func reading<Value>(_ read: () throws -> Value) throws(BackupFault) -> Value {
        do { return try read() } catch { throw fault("\(error)") }
    }

    /// Every line has one form only, so that no byte of it can be another without being noticed here.
    private func requireForm(_ line: [UInt8], _ form: [UInt8]) throws(BackupFault) {
        guard line == form else { throw fault("It is not as configbus writes it: it was changed.") }
    }

    private mutating func take(_ item: BackupItem) throws(BackupFault) {
        guard item.stage >= stage else { throw fault("It stands behind lines of a later kind.") }
        if item.stage > 1, header?.hasAccess != true {
            throw fault("It is about identities, and the first line says that there are none.")
        }
        if stage == 0, item.stage > 0 { try endOfVersions() }
        stage = item.stage
        switch item {
        case .record(let record):
            do throws(ChainFault) { try chain.take(record) } catch { throw fault(error.reason) }
            try signatures.take(record, line: lines)
            if let set = record.changeSet { sets.take(set, line: lines) }
            counts.versions += 1
        case .pruned(let versions):
            let kept = chain.last?.key == versions.key ? chain.last?.version ?? 0 : 0
            do throws(ChainFault) { try chain.take(versions) } catch { throw fault(error.reason) }
            pruned[versions.key] = versions.through
            prunedVersions += versions.through - kept
        case .anchor: counts.anchors += 1
        case .name: break
        case .token: counts.tokens += 1
        case .denial: counts.denials += 1
        }
        counts.documents = chain.documents
    }

    private mutating func endOfVersions() throws(BackupFault) {
        do throws(ChainFault) { try chain.finish() } catch { throw fault(error.reason) }
        try signatures.finish()
        if let broken = sets.firstBroken(pruned) {
            throw BackupFault(
                line: broken.line, "It is a part of the change set \(broken.id), and other parts are missing.")
        }
    }

    private mutating func finish(_ read: BackupTrailer, _ line: [UInt8]) throws(BackupFault) {
        try requireForm(line, read.jsonBytes)
        if stage == 0 { try endOfVersions() }
        guard read.checksum == SHA256Text.prefix + SHA256Text.hexadecimal(hash.finalize()) else {
            throw fault(
                "The checksum is another than that of the lines before: one of them was changed, or is missing.")
        }
        guard read.counts == counts else { throw fault("It counts more or less than stands before it.") }
        trailer = read
    }
}

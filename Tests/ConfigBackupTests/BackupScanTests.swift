import ConfigAccess
import ConfigBackup
import ConfigModel
import ConfigSignatures
import ConfigStore
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct BackupScanTests {
    @Test func everyCutIsFound() async throws {
        let bytes = try await BackupSample.bytes(of: BackupSample.store())
        var generator = SeededGenerator(seed: 1)
        let cuts = (0..<100).map { _ in Int.random(in: 0..<bytes.count, using: &generator) } + [0, bytes.count - 1]
        for cut in cuts {
            let fault = #expect(throws: BackupFault.self) { _ = try BackupSample.read(Array(bytes[..<cut])) }
            let whole = bytes[..<cut].count { $0 == UInt8(ascii: "\n") }
            #expect(fault?.line == whole + 1, "cut at \(cut)")
        }
    }

    /// The first line that does not hold is named, unless each line still holds on its own: a signature without trusted keys, or
    /// a field of a token, which only the checksum covers.
    @Test func everyFlippedBitIsFound() async throws {
        let bytes = try await BackupSample.bytes(of: BackupSample.store())
        let last = BackupSample.lines(bytes).count
        var generator = SeededGenerator(seed: 2)
        var exact = 0
        for _ in 0..<200 {
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            var flipped = bytes
            flipped[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            let fault = #expect(throws: BackupFault.self) { _ = try BackupSample.read(flipped) }
            let line = bytes[..<place].count { $0 == UInt8(ascii: "\n") } + 1
            let found = try #require(fault?.line)
            #expect(found == line || found == last, "flipped at \(place) in line \(line), found in line \(found)")
            if found == line { exact += 1 }
        }
        #expect(exact > 150)
    }

    @Test func everyMissingLineIsFound() async throws {
        let lines = BackupSample.lines(try await BackupSample.bytes(of: BackupSample.store()))
        for missing in lines.indices {
            var rest = lines
            rest.remove(at: missing)
            #expect(throws: BackupFault.self, "line \(missing + 1)") {
                _ = try BackupSample.read(BackupSample.joined(rest))
            }
        }
    }

    /// A forger seals what was changed with a checksum that fits.
    enum Forgery: CaseIterable {
        case gap, reorder, rewritten, halfSet, identitiesBeforeVersions, secondHeader, unhashedField
    }

    @Test(arguments: Forgery.allCases)
    func forgeryIsFoundAlthoughTheChecksumFits(_ forgery: Forgery) async throws {
        let bytes = try await BackupSample.bytes(of: BackupSample.store())
        let lines = BackupSample.lines(bytes)
        var (_, items) = try BackupSample.read(bytes)
        var expected: Int
        switch forgery {
        case .gap:
            items.remove(at: 2)
            expected = 4
        case .reorder:
            items.swapAt(1, 2)
            expected = 3
        case .rewritten:
            guard case .record(let record) = items[2] else { return }
            let chain = VersionChain(record.key, after: record)
            items[3] = .record(chain.following(#"{"forged":true}"#))
            expected = 6
        case .halfSet:
            // a/prod comes first of all.
            items.removeAll { item in
                if case .record(let record) = item { record.key.service == "z" } else { false }
            }
            expected = 2
        case .identitiesBeforeVersions:
            items.swapAt(0, items.count - 1)
            expected = 3
        case .secondHeader:
            let forged = BackupSample.joined([lines[0], lines[0]])
            let fault = #expect(throws: BackupFault.self) { _ = try BackupSample.read(forged) }
            #expect(fault?.line == 2)
            return
        case .unhashedField:
            var forged = lines
            let text = String(decoding: forged[1], as: UTF8.self).replacing(
                #""updated_at":"2"#, with: #""updated_at":"3"#)
            forged[1] = Array(text.utf8)
            let fault = #expect(throws: BackupFault.self) { _ = try BackupSample.read(BackupSample.joined(forged)) }
            #expect(fault?.line == 2)
            return
        }
        let fault = #expect(throws: BackupFault.self) {
            _ = try BackupSample.read(BackupSample.sealed(lines[0], items))
        }
        #expect(fault?.line == expected, "\(String(describing: fault))")
    }

    @Test func prunedVersionsAreNoGap() async throws {
        let header = BackupSample.lines(try await BackupSample.bytes(of: BackupSample.store()))[0]
        var chain = try VersionChain("parsing/prod")
        let records = (1...5).map { chain.next(#"{"n":\#($0)}"#) }
        let first = RecordOutline(records[0])
        let mark = PrunedDocument(first: first, through: 3, recordHash: records[2].recordHash)
        let (summary, _) = try BackupSample.read(
            BackupSample.sealed(header, [.pruned(mark), .record(records[3]), .record(records[4])]))
        #expect(summary.trailer.counts.documents == 1)
        #expect(summary.prunedVersions == 3)
        let wrong = PrunedDocument(first: first, through: 3, recordHash: records[1].recordHash)
        #expect(throws: BackupFault.self) {
            _ = try BackupSample.read(BackupSample.sealed(header, [.pruned(wrong), .record(records[3])]))
        }
        #expect(throws: BackupFault.self) { _ = try BackupSample.read(BackupSample.sealed(header, [.pruned(mark)])) }
    }

    @Test func newestVersionsHaveToBeSignedWithATrustedKey() async throws {
        let signer = try RecordSigner.generate()
        let bytes = try await BackupSample.bytes(of: BackupSample.store(signer: signer))
        let (summary, items) = try BackupSample.read(bytes, keys: try TrustedKeys([signer.publicKey]))
        #expect(summary.keyIDs == [signer.keyID])
        #expect(summary.unsigned == 0)
        let other = try TrustedKeys([try RecordSigner.generate().publicKey])
        let fault = #expect(throws: BackupFault.self) { _ = try BackupSample.read(bytes, keys: other) }
        #expect(fault?.line == 2)

        // A signature that names the key and does not hold.
        guard case .record(let first) = items[1], case .record(let second) = items[2], let stolen = second.signature
        else { return }
        var forged = items
        forged[1] = .record(first.signed(stolen))
        let header = BackupSample.lines(bytes)[0]
        let wrong = #expect(throws: BackupFault.self) {
            _ = try BackupSample.read(
                BackupSample.sealed(header, forged), keys: try TrustedKeys([signer.publicKey]))
        }
        #expect(wrong?.line == 3)
    }

    @Test(arguments: Compression.allCases)
    func compressedFileIsKnownByItsBeginning(_ form: Compression) {
        #expect(Compression(beginning: form.signature + [0]) == form)
        #expect(Compression(beginning: Array(#"{"format""#.utf8)) == nil)
    }

    @Test func newerFormatIsRefused() throws {
        let fault = #expect(throws: BackupFault.self) {
            _ = try BackupSample.read(Array("{\"format\":\"configbus-backup-9\"}\n".utf8))
        }
        #expect(fault?.reason.contains("newer version") == true)
    }
}

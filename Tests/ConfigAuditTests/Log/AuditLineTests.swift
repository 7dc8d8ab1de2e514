import ConfigModel
import Crypto
import TestSupport
import Testing

@testable import ConfigAudit

@Suite struct AuditLineTests {
    private let chain: RecordChain

    init() throws {
        chain = RecordChain(
            try DocumentKey(service: "parsing", environment: "prod"),
            [#"{"big":18446744073709551617}"#, #"{"f":1.0}"#, nil])
    }

    @Test func aLineHoldsEverythingInAFixedOrder() throws {
        let record = chain.records[1]
        let line = AuditLine(entry(2, previousEntryHash: "sha256:0"))
        let text = String(decoding: line.bytes, as: UTF8.self)
        let expected =
            #"{"recorded_at":"2026-11-21T00:00:00.000Z","service_name":"parsing","environment":"prod","version":2,"#
            + #""change_type":"updated","created_at":"\#(record.createdAt)","created_by":"tester","#
            + #""comment":"version 2","change_id":"change-2","epoch":"\#(record.epoch)","#
            + #""content_hash":"\#(record.content.hash)","record_hash":"\#(record.recordHash)","#
            + #""previous_hash":"\#(chain.records[0].recordHash)","old_value":{"big":18446744073709551617},"#
            + #""new_value":{"f":1.0},"previous_entry_hash":"sha256:0","entry_hash":"\#(line.entryHash)"}"#
        #expect(text == expected)
    }

    @Test func theHashIsOverTheLineWithoutItsLastMember() {
        let line = AuditLine(entry(2, previousEntryHash: nil))
        let member = Array(#","entry_hash":"\#(line.entryHash)""#.utf8)
        let body = Array(line.bytes.dropLast(member.count + 1)) + Array("}".utf8)
        let digest = SHA256.hash(data: body).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(line.entryHash == "sha256:\(digest)")
        #expect(AuditLine.provenHash(of: line.bytes) == line.entryHash)
    }

    @Test func whatWasNotThereIsNull() {
        let first = String(decoding: AuditLine(entry(1, previousEntryHash: nil)).bytes, as: UTF8.self)
        #expect(first.contains(#""previous_hash":null,"old_value":null,"new_value":{"big":18446744073709551617}"#))
        let deletion = String(decoding: AuditLine(entry(3, previousEntryHash: nil)).bytes, as: UTF8.self)
        #expect(deletion.contains(#""old_value":{"f":1.0},"new_value":null,"#))
    }

    @Test(arguments: [1, 2, 3]) func anEntryComesBackFromItsLine(_ version: Int) throws {
        let entry = entry(version, previousEntryHash: version == 1 ? nil : "sha256:0", chain: .missing)
        guard case .object(let object) = try JSONValue(parsing: AuditLine(entry).bytes) else {
            Issue.record("no object")
            return
        }
        #expect(try ConfigAudit.AuditEntry(json: object) == entry)
    }

    @Test func everyByteOfALineIsCoveredByItsHash() {
        let line = AuditLine(entry(2, previousEntryHash: "sha256:0")).bytes
        for place in line.indices {
            var changed = line
            changed[place] ^= 1
            #expect(AuditLine.provenHash(of: changed) == nil, "byte \(place)")
        }
    }

    private func entry(
        _ version: Int, previousEntryHash: String?, chain state: ConfigAudit.AuditEntry.Chain = .whole
    ) -> ConfigAudit.AuditEntry {
        ConfigAudit.AuditEntry(
            recordedAt: Timestamp(parsing: "2026-11-21T00:00:00.000Z") ?? Timestamp(milliseconds: 0),
            record: chain.records[version - 1], oldValue: version == 1 ? nil : chain.records[version - 2].content,
            chain: state, previousEntryHash: previousEntryHash)
    }
}

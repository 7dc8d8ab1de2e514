import ConfigModel
import RegistryAPI
import TestSupport
import Testing

/// What a server streams is what a client reads.
@Suite struct WatchMessageTests {
    private let key: DocumentKey
    private let chain: RecordChain

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        chain = RecordChain(key, ["{\"text\":\"a\\nb: \u{2028}é\"}", nil])
    }

    private func read(
        _ frames: [(head: String, data: [UInt8])], _ selection: WatchSelection = WatchSelection()
    ) throws -> [WatchMessage] {
        var reader = WatchMessageReader(selection)
        var messages: [WatchMessage] = []
        for frame in frames {
            let bytes = Array(frame.head.utf8) + frame.data + Array("\n\n".utf8)
            try bytes.withUnsafeBytes { try reader.append($0) }
            while let message = try reader.next() { messages.append(message) }
        }
        return messages
    }

    @Test func versions() throws {
        let frames = chain.records.map { WatchMessage.change($0, event: ConfigEvent($0).jsonBytes) }
        #expect(try read(frames) == chain.records.map { .event(ConfigEvent($0)) })
        #expect(frames.allSatisfy { !$0.data.contains(UInt8(ascii: "\n")) })
    }

    @Test func theEndOfAStreamSaysWhy() throws {
        #expect(try read([WatchMessage.end("expired")]) == [.ended(reason: "expired")])
    }

    @Test func syncedAndProof() throws {
        let epoch = RecordChain.firstEpoch
        let synced = WatchMessage.synced(epoch, count: 2, statement: nil, damaged: nil)
        let proof = (WatchMessage.proof(milliseconds: 1_200, damaged: nil), [] as [UInt8])
        #expect(
            try read([synced, proof]) == [.synced(epoch: epoch, count: 2), .proof(age: .milliseconds(1_200))])
    }

    @Test func whatIsDamagedIsNamedInFront() throws {
        let names = DamagedNames.text([(key, 7)])
        let synced = WatchMessage.synced(RecordChain.firstEpoch, count: 1, statement: nil, damaged: names)
        let proof = (WatchMessage.proof(milliseconds: 5, damaged: names), [] as [UInt8])
        let damaged = WatchMessage.damaged([key: 7], isComplete: true)
        #expect(
            try read([synced, proof]) == [
                damaged, .synced(epoch: RecordChain.firstEpoch, count: 1), damaged, .proof(age: .milliseconds(5)),
            ])
    }

    @Test func whatWasNotSelectedIsRefused() throws {
        let frame = WatchMessage.change(chain.records[0], event: ConfigEvent(chain.records[0]).jsonBytes)
        #expect(throws: InvalidResponse.self) { try read([frame], WatchSelection(services: ["other"])) }
    }
}

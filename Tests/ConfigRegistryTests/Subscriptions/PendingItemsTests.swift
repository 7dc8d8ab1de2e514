import ConfigModel
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite struct PendingItemsTests {
    /// Also behind the point where the memory for many is given back.
    @Test(arguments: [3, 5_000])
    func eachDocumentIsSentOnceInTheOrderOfItsFirstChange(count: Int) throws {
        var items = PendingItems()
        for round in 1...2 {
            for number in 0..<count { items.offer(.held(try head(number, version: round))) }
            items.offer(.held(try head(0, version: round + 2)))
            items.synced(VersionChain.epoch, count: count)
            let others = (1..<count).map { "s\($0)@\(round)" }
            #expect(taken(from: &items) == ["s0@\(round + 2)"] + others + ["synced \(count)"])
            #expect(items.isEmpty)
        }
    }

    @Test func forgottenHeadsLeaveNoPlace() throws {
        var items = PendingItems()
        for number in 0..<4 { items.offer(.held(try head(number))) }
        items.synced(VersionChain.epoch, count: 4)
        items.forget { $0.key.service == "s1" || $0.key.service == "s3" }
        #expect(taken(from: &items) == ["s0@1", "s2@1", "synced 4"])
    }

    /// Each head has as much content as every other, and there is room for three.
    @Test func whatDoesNotFitIsOwedAndComesInItsTurn() throws {
        let size = try head(0).record.content.bytes.count
        var items = PendingItems(maximumBytes: 3 * size)
        for number in 0..<8 { items.offer(.held(try head(number))) }
        items.synced(VersionChain.epoch, count: 8)
        #expect(items.heldBytes == 3 * size)
        #expect(taken(from: &items) == ["s0@1", "s1@1", "s2@1"])
        #expect(!items.isReady && !items.isEmpty && items.heldBytes == 0)

        items.offer(.held(try head(5, version: 2)))
        let owed = items.owed(atMost: 4)
        #expect(owed.map(\.service) == ["s3", "s4"], "those behind it are not in the way")
        items.supply(try [4, 3].map { .held(try head($0)) }, for: owed)
        #expect(taken(from: &items) == ["s3@1", "s4@1", "s5@2"])

        // One is gone, and of another an older version was read.
        items.offer(.held(try head(7, version: 3)))
        items.supply([.held(try head(7))], for: items.owed(atMost: 9))
        #expect(taken(from: &items) == ["s7@3", "synced 8"])
        #expect(items.isEmpty && items.heldBytes == 0)
    }

    @Test func whatIsNextIsHeldHoweverLargeItIsAndHoweverLittleRoomThereIs() throws {
        var items = PendingItems(maximumBytes: 0)
        for number in 0..<3 { items.offer(.held(try head(number))) }
        items.offer(.held(try head(0, version: 2)))
        #expect(taken(from: &items) == ["s0@2"])
        for number in 1...2 {
            items.supply([.held(try head(number))], for: items.owed(atMost: 1))
            #expect(taken(from: &items) == ["s\(number)@1"])
        }
        #expect(items.isEmpty)
    }

    private func head(_ number: Int, version: Int = 1) throws -> HeadSnapshot {
        var chain = try VersionChain("s\(number)/prod")
        for _ in 1..<version { _ = chain.next() }
        return HeadSnapshot(chain.next(), epoch: VersionChain.epoch)
    }

    private func taken(from items: inout PendingItems) -> [String] {
        var taken: [String] = []
        while let item = items.popFirst() {
            switch item {
            case .change(let head): taken.append("\(head.key.service)@\(head.record.version)")
            case .synced(_, let count): taken.append("synced \(count)")
            }
        }
        return taken
    }
}

import ConfigModel
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite struct PendingItemsTests {
    /// Also behind the point where the memory for many is given back.
    @Test(arguments: [3, 5_000])
    func eachDocumentIsToldOnceInTheOrderOfItsFirstChange(count: Int) throws {
        var items = PendingItems()
        for round in 1...2 {
            for number in 0..<count { items.offer(try head(number, version: round)) }
            items.offer(try head(0, version: round + 2))
            items.synced(VersionChain.epoch, count: count)
            let others = (1..<count).map { "s\($0)@\(round)" }
            #expect(taken(from: &items) == ["s0@\(round + 2)"] + others + ["synced \(count)"])
            #expect(items.isEmpty)
        }
    }

    @Test func forgottenHeadsLeaveNoPlace() throws {
        var items = PendingItems()
        for number in 0..<4 { items.offer(try head(number)) }
        items.synced(VersionChain.epoch, count: 4)
        items.forget { $0.key.service == "s1" || $0.key.service == "s3" }
        #expect(taken(from: &items) == ["s0@1", "s2@1", "synced 4"])
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

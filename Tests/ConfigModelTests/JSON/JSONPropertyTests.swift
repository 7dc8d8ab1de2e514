import ConfigModel
import TestSupport
import Testing

/// Properties of reading and writing, on random values; the argument is the seed.
@Suite struct JSONPropertyTests {
    private func isWhiteSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0a, 0x0d].contains(byte) }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func readingUndoesWriting(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let value = random.value(depth: 5)
        let bytes = value.canonicalBytes
        let reading = try JSONReader.reading(bytes)
        #expect(reading.value == value)
        #expect(reading.value.hashValue == value.hashValue)
        #expect(reading.isCanonical)
        #expect(reading.value.canonicalBytes == bytes)
        #expect(value.canonicalLength(upTo: .max) == bytes.count)
        #expect(value.canonicalLength(upTo: bytes.count - 1) == nil)
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func everySpellingHasOneCanonicalForm(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let value = random.value(depth: 4)
        for _ in 0..<5 {
            let spelling = random.spelling(of: value)
            let reading = try JSONReader.reading(Array(spelling.utf8))
            #expect(reading.value == value, "\(spelling)")
            #expect(reading.isCanonical == (Array(spelling.utf8) == value.canonicalBytes), "\(spelling)")
        }
    }

    /// However the object around it is written, and whether or not its own member is spelt as its canonical form.
    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func theMemberThatIsAskedAboutIsFoundWhenItIsCanonical(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let value = random.value(depth: 3)
        let canonical = value.canonicalBytes
        for spelling in [String(decoding: canonical, as: UTF8.self), random.spelling(of: value)] {
            let text = #"{ "z": {"noted":1}, "noted" :\#t"# + spelling + #" ,"a":[{"noted":2}]}"#
            let bytes = Array(text.utf8)
            let reading = try JSONReader.reading(bytes, noting: "noted")
            #expect(!reading.isCanonical)
            // White space around a value belongs to what is around it.
            let own = Array(spelling.utf8.drop(while: isWhiteSpace).reversed().drop(while: isWhiteSpace).reversed())
            #expect(reading.canonicalMember.map { Array(bytes[$0]) } == (own == canonical ? canonical : nil))
            #expect(try JSONReader.reading(bytes, noting: "other").canonicalMember == nil)
        }
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func membersAreSortedByBytes(seed: UInt64) throws {
        var random = RandomJSON(seed: seed)
        let keys = random.object(depth: 1).keys.map { Array($0.utf8) }
        for (left, right) in zip(keys, keys.dropFirst()) { #expect(left.lexicographicallyPrecedes(right)) }
    }
}

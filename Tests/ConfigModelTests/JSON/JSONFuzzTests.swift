import ConfigModel
import TestSupport
import Testing

/// Whatever the bytes, reading ends with a value or an error; the argument is the seed.
@Suite struct JSONFuzzTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func survivesRandomBytes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let alphabet =
            Array("{}[]:,\"\\u0019eE+-.tfnaxl \n".utf8) + [0x00, 0x1f, 0x7f, 0x80, 0xc3, 0xa9, 0xed, 0xf0, 0xff]
        for _ in 0..<1_000 {
            let count = Int.random(in: 0..<60, using: &generator)
            check((0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 })
            check((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
        }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func survivesMutatedDocuments(seed: UInt64) {
        var random = RandomJSON(seed: seed)
        let original = JSONValue.array((0..<4).map { _ in random.value() }).canonicalBytes
        for _ in 0..<500 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &random.generator) { mutate(&bytes, &random.generator) }
            check(bytes)
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        guard let index = bytes.indices.randomElement(using: &generator) else { return }
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
        case 1: bytes.remove(at: index)
        case 2: bytes.insert(bytes.randomElement(using: &generator) ?? 0, at: index)
        default: bytes.removeSubrange(index...)
        }
    }

    /// What is accepted has one canonical form; what is refused has a place inside the input.
    private func check(_ bytes: [UInt8]) {
        do {
            let value = try JSONReader.read(bytes)
            #expect((try? JSONReader.read(value.canonicalBytes)) == value, "\(bytes)")
        } catch {
            #expect((0...bytes.count).contains(error.offset) && error.line >= 1 && error.column >= 1, "\(bytes)")
        }
    }
}

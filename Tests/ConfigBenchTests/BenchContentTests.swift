import ConfigModel
import Testing

@testable import ConfigBench

@Suite("Contents of a benchmark")
struct BenchContentTests {
    @Test(arguments: [64, 65, 200, 511, 2_048, 65_536, 1 << 20, 4 << 20])
    func haveTheLengthThatWasRequestedAreCanonicalAndDiffer(size: Int) throws {
        let content = BenchContent(size: size)
        let first = try content.content(0)
        let second = try content.content(1_234_567)
        #expect(first.bytes.count == size)
        #expect(second.bytes.count == size)
        #expect(first != second)
        let limits = ContentLimits(maximumBytes: size)
        #expect(try Content(parsing: first.bytes, limits: limits).bytes == first.bytes)
    }
}

import ConfigModel
import Hummingbird
import NIOCore

/// A JSON array of full records that is read and written piece by piece, as fast as the client takes it, so that a long
/// one takes no more memory than a short one.
struct RecordPages: Sendable {
    /// At most `count` records behind `last`, ending with the one with which the contents come to `bytes`; fewer than both
    /// only at the end.
    typealias Read = @Sendable (_ last: VersionRecord?, _ count: Int, _ bytes: Int) async throws -> [VersionRecord]

    private static let pieceSize = 50
    private static let pieceBytes = 1_024 * 1_024

    let limit: Int
    let read: Read

    /// Reads the first piece, so that what goes wrong there is still told as a problem.
    func response() async throws -> Response {
        let first = try await piece(after: nil, limit)
        let remaining = first.isLast ? 0 : limit - first.records.count
        guard remaining > 0 else {
            return .json(Self.opening + Self.json(of: first.records, isFirst: true) + Self.closing)
        }
        var response = Response.json([])
        response.body = ResponseBody { writer in
            try await writer.write(ByteBuffer(bytes: Self.opening + Self.json(of: first.records, isFirst: true)))
            try await writeRest(after: first.records.last, remaining, to: &writer)
            try await writer.write(ByteBuffer(bytes: Self.closing))
            try await writer.finish(nil)
        }
        return response
    }

    /// An error here breaks the connection off, which the caller notices because the body does not end as it must.
    @concurrent
    private func writeRest(
        after last: VersionRecord?, _ remaining: Int, to writer: inout any ResponseBodyWriter
    ) async throws {
        var last = last
        var remaining = remaining
        while remaining > 0 {
            let piece = try await piece(after: last, remaining)
            if !piece.records.isEmpty {
                try await writer.write(ByteBuffer(bytes: Self.json(of: piece.records, isFirst: false)))
            }
            guard !piece.isLast else { return }
            last = piece.records.last
            remaining -= piece.records.count
        }
    }

    private func piece(
        after last: VersionRecord?, _ remaining: Int
    ) async throws -> (records: [VersionRecord], isLast: Bool) {
        let count = min(remaining, Self.pieceSize)
        let records = try await read(last, count, Self.pieceBytes)
        let bytes = records.reduce(0) { $0 + $1.content.bytes.count }
        return (records, records.count < count && bytes < Self.pieceBytes)
    }

    private static let opening = Array("[".utf8)
    private static let closing = Array("]".utf8)

    private static func json(of records: [VersionRecord], isFirst: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, record) in records.enumerated() {
            if index > 0 || !isFirst { bytes.append(UInt8(ascii: ",")) }
            bytes += record.jsonBytes
        }
        return bytes
    }
}

import ConfigModel
import ConfigRegistry
import ConfigStore
import HTTPTypes
import Hummingbird
import NIOCore

/// A JSON array of full records, newest first, that is read and written piece by piece, as fast as the client takes it, so
/// that a long one takes no more memory than a short one.
struct RecordPages: Sendable {
    /// At most `count` records below a version, ending with the one with which the contents come to `bytes`; fewer than both
    /// only at the end.
    typealias Read = @Sendable (_ before: Int64?, _ count: Int, _ bytes: Int) async throws -> VersionPage

    private static let pieceSize = 50
    private static let pieceBytes = 256 * 1_024

    let limit: Int
    let read: Read

    /// Records that are written together. Only their bytes are kept: a client that takes them slowly waits with them.
    private struct Piece {
        let json: ByteBuffer
        let rowCount: Int
        let damaged: [DamagedVersion]
        /// The version below which the next piece begins; nil when this is the last.
        let end: Int64?

        init(_ page: VersionPage, count: Int, isFirst: Bool) {
            json = RecordPages.json(of: page, isFirst: isFirst)
            rowCount = page.rowCount
            damaged = page.damaged
            let isFull = page.isFull(limit: count, maximumBytes: RecordPages.pieceBytes)
            end = isFull ? (page.map(\.record.version) + page.damaged.compactMap(\.version)).min() : nil
        }
    }

    /// Reads the first piece, so that what goes wrong there is still answered with a problem. What is damaged is left out; a header
    /// names what of it is in the first piece, and everywhere a number is missing.
    func response(before version: Int64?) async throws -> Response {
        let first = try await piece(below: version, limit, isFirst: true)
        let remaining = limit - first.rowCount
        var headers = HTTPFields()
        headers.name(first.damaged)
        guard let end = first.end, remaining > 0 else {
            return .json(Self.opening + Array(buffer: first.json) + Self.closing, headers: headers)
        }
        var response = Response.json([], headers: headers)
        response.body = ResponseBody { writer in
            try await writer.write(ByteBuffer(bytes: Self.opening))
            try await writer.write(first.json)
            try await writeRest(below: end, remaining, isFirst: first.json.readableBytes == 0, to: &writer)
            try await writer.write(ByteBuffer(bytes: Self.closing))
            try await writer.finish(nil)
        }
        return response
    }

    /// An error here breaks the connection off, which the caller notices because the body does not end as it must.
    @concurrent
    private func writeRest(
        below version: Int64, _ remaining: Int, isFirst: Bool, to writer: inout any ResponseBodyWriter
    ) async throws {
        var version = version
        var remaining = remaining
        var isFirst = isFirst
        while remaining > 0 {
            let piece = try await piece(below: version, remaining, isFirst: isFirst)
            if piece.json.readableBytes > 0 {
                try await writer.write(piece.json)
                isFirst = false
            }
            guard let end = piece.end else { return }
            version = end
            remaining -= piece.rowCount
        }
    }

    private func piece(below version: Int64?, _ remaining: Int, isFirst: Bool) async throws -> Piece {
        let count = min(remaining, Self.pieceSize)
        return Piece(try await read(version, count, Self.pieceBytes), count: count, isFirst: isFirst)
    }

    private static let opening = Array("[".utf8)
    private static let closing = Array("]".utf8)

    private static func json(of page: VersionPage, isFirst: Bool) -> ByteBuffer {
        var bytes = ByteBuffer()
        for (index, stored) in page.enumerated() {
            let record = stored.record.jsonBytes
            // No more than it takes: a buffer that grows by itself doubles.
            bytes.reserveCapacity(minimumWritableBytes: record.count + 1)
            if index > 0 || !isFirst { bytes.writeInteger(UInt8(ascii: ",")) }
            bytes.writeBytes(record)
        }
        return bytes
    }
}

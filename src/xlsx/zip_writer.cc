// Local headers, directory and end of a zip, bit for bit; libdeflate for what stands between.
#include "xlsx/zip_writer.h"

#include <isa-l/igzip_lib.h>
#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <stdexcept>
#include <utility>

#include "base/text.h"
#include "xlsx/little_endian.h"

namespace tonghop::xlsx {
namespace {

constexpr std::uint64_t kMaxField = std::numeric_limits<std::uint32_t>::max();  // sizes and offsets
constexpr std::size_t kMaxName = std::numeric_limits<std::uint16_t>::max();
constexpr std::size_t kMaxEntries = std::numeric_limits<std::uint16_t>::max();

constexpr std::uint16_t kNeeded = 20;           // version 2.0: deflate
constexpr std::uint16_t kMadeBy = 3 << 8 | 63;  // Unix, version 6.3
constexpr std::uint16_t kUtf8 = 1 << 11;        // flag: the name is
constexpr std::uint16_t kDeflate = 8;           // method
constexpr std::uint16_t kTime = 0;
constexpr std::uint16_t kDate = 1 << 5 | 1;           // 1980-01-01, the first day a zip knows
constexpr std::uint32_t kPlainFile = 0100666U << 16;  // rights, as Unix says them

void append_16(std::string& out, std::uint64_t number) { append_little_endian(out, number, 2); }
void append_32(std::string& out, std::uint64_t number) { append_little_endian(out, number, 4); }

}  // namespace

Deflater::Deflater(int level) : compressor_(libdeflate_alloc_compressor(level)) {
  if (compressor_ == nullptr) throw std::bad_alloc();
}

Deflater::~Deflater() { libdeflate_free_compressor(compressor_); }

Deflated Deflater::deflate(std::string_view text) {
  Deflated entry;
  entry.bytes.resize(libdeflate_deflate_compress_bound(compressor_, text.size()));
  entry.bytes.resize(
      libdeflate_deflate_compress(compressor_, text.data(), text.size(), entry.bytes.data(), entry.bytes.size()));
  entry.bytes.shrink_to_fit();
  entry.checksum = libdeflate_crc32(0, text.data(), text.size());
  entry.size = text.size();
  return entry;
}

struct PieceDeflater::Tables {
  isal_zstream stream;
  std::array<std::uint8_t, ISAL_DEF_LVL2_DEFAULT> level;
};

PieceDeflater::PieceDeflater() : tables_(std::make_unique<Tables>()) {}

PieceDeflater::~PieceDeflater() = default;

std::string PieceDeflater::deflate(std::string piece) {
  isal_zstream& stream = tables_->stream;
  isal_deflate_init(&stream);
  stream.level = 2;
  stream.level_buf = tables_->level.data();
  stream.level_buf_size = ISAL_DEF_LVL2_DEFAULT;
  stream.flush = FULL_FLUSH;
  stream.next_in = reinterpret_cast<std::uint8_t*>(piece.data());
  stream.avail_in = static_cast<std::uint32_t>(piece.size());
  std::string out;
  do {
    const std::size_t made = stream.total_out;
    out.resize(made + piece.size() / 4 + 1024);
    stream.next_out = reinterpret_cast<std::uint8_t*>(out.data() + made);
    stream.avail_out = static_cast<std::uint32_t>(out.size() - made);
    if (isal_deflate(&stream) != COMP_OK) throw std::runtime_error("deflate: refused");
  } while (stream.avail_out == 0);
  out.resize(stream.total_out);
  return out;
}

ZipWriter::ZipWriter(Sink sink) : sink_(std::move(sink)) {}

void ZipWriter::put(std::string_view bytes) {
  sink_(bytes);
  written_ += bytes.size();
}

void ZipWriter::add(std::string_view name, const Deflated& entry) {
  if (name.size() > kMaxName || entry.size > kMaxField || entry.bytes.size() > kMaxField || written_ > kMaxField)
    throw std::runtime_error("zip: beyond 4 GiB");
  if (names_.size() == kMaxEntries) throw std::runtime_error("zip: beyond 65,535 entries");
  if (clean_utf8(name) != name) throw std::runtime_error("zip: a name not in UTF-8");
  if (!names_.emplace(name).second) throw std::runtime_error("zip: twice \"" + std::string(name) + "\"");

  // What the header before an entry says of it is said in the directory again.
  const bool ascii = std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  constexpr std::string_view kMark = "PK\x03\x04";
  std::string header(kMark);
  header.reserve(64 + name.size());
  append_16(header, kNeeded);
  append_16(header, ascii ? 0 : kUtf8);
  append_16(header, kDeflate);
  append_16(header, kTime);
  append_16(header, kDate);
  append_32(header, entry.checksum);
  append_32(header, entry.bytes.size());
  append_32(header, entry.size);
  append_16(header, name.size());
  append_16(header, 0);  // extra fields

  directory_ += "PK\x01\x02";
  append_16(directory_, kMadeBy);
  directory_.append(header, kMark.size());
  append_16(directory_, 0);  // comment
  append_16(directory_, 0);  // disk
  append_16(directory_, 0);  // internal attributes
  append_32(directory_, kPlainFile);
  append_32(directory_, written_);
  directory_ += name;

  header += name;
  put(header);
  put(entry.bytes);
}

void ZipWriter::finish() {
  if (written_ > kMaxField || directory_.size() > kMaxField) throw std::runtime_error("zip: beyond 4 GiB");
  std::string end = "PK\x05\x06";
  append_16(end, 0);  // disk
  append_16(end, 0);  // disk of the directory
  append_16(end, names_.size());
  append_16(end, names_.size());
  append_32(end, directory_.size());
  append_32(end, written_);
  append_16(end, 0);  // comment
  put(directory_);
  put(end);
}

}  // namespace tonghop::xlsx

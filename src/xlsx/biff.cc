// Walking BIFF records, never beyond their ends.
#include "xlsx/biff.h"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <memory>

#include "xlsx/little_endian.h"

namespace tonghop::xlsx {

namespace {

constexpr std::size_t kRecordHeader = 4;  // type and length, two bytes each

}  // namespace

bool BiffCursor::more() {
  while (at_ >= end_) {
    if (end_ + kRecordHeader > stream_.size()) return false;
    if (little_endian(stream_, end_, 2) != static_cast<unsigned>(Biff::continued)) return false;
    const std::size_t size = little_endian(stream_, end_ + 2, 2);
    if (end_ + kRecordHeader + size > stream_.size()) return false;
    at_ = end_ + kRecordHeader;
    end_ = at_ + size;
  }
  return true;
}

std::uint32_t BiffCursor::number(int bytes) {
  std::uint32_t number = 0;
  for (int i = 0; i < bytes; ++i) {
    if (!more()) {
      failed_ = true;
      return 0;
    }
    number |= std::uint32_t{static_cast<unsigned char>(stream_[at_++])} << (8 * i);
  }
  return number;
}

void BiffCursor::skip(std::size_t bytes) {
  while (bytes > 0) {
    if (!more()) {
      failed_ = true;
      return;
    }
    const std::size_t step = std::min(bytes, end_ - at_);
    at_ += step;
    bytes -= step;
  }
}

std::string BiffCursor::bytes(std::size_t count) {
  std::string out;
  while (out.size() < count) {
    if (!more()) {
      failed_ = true;
      break;
    }
    const std::size_t step = std::min(count - out.size(), end_ - at_);
    out += stream_.substr(at_, step);
    at_ += step;
  }
  return out;
}

std::u16string BiffCursor::characters(std::size_t count, bool wide) {
  std::u16string out;
  while (out.size() < count) {
    if (at_ >= end_) {
      if (!more()) {
        failed_ = true;
        break;
      }
      wide = (u8() & 1) != 0;
      continue;
    }
    out += static_cast<char16_t>(wide ? u16() : u8());
    if (failed_) break;
  }
  return out;
}

std::u16string BiffCursor::text(std::size_t count) {
  const unsigned flags = u8();
  const std::size_t runs = (flags & 8) != 0 ? u16() : 0;
  const std::size_t readings = (flags & 4) != 0 ? number(4) : 0;
  std::u16string out = characters(count, (flags & 1) != 0);
  skip(4 * runs + readings);
  return out;
}

bool BiffReader::next(BiffRecord& record) {
  if (at_ > stream_.size() || stream_.size() - at_ < kRecordHeader) return false;
  record.type = static_cast<Biff>(little_endian(stream_, at_, 2));
  record.at = at_;
  record.size = little_endian(stream_, at_ + 2, 2);
  at_ += kRecordHeader;
  if (stream_.size() - at_ < record.size) return false;
  record.content = BiffCursor(stream_, at_, at_ + record.size);
  at_ += record.size;
  return true;
}

std::u16string from_code_page(std::string_view bytes, unsigned code_page) {
  const unsigned windows = code_page == 0x8001 || code_page == 0 ? 1252 : code_page;
  const std::string name = code_page == 0x8000 || code_page == 10000 ? "MACINTOSH" : "CP" + std::to_string(windows);
  const auto close = [](void* opened) { iconv_close(opened); };
  void* const opened = iconv_open("UTF-16LE", name.c_str());
  const std::unique_ptr<void, decltype(close)> converter(
      reinterpret_cast<std::intptr_t>(opened) == -1 ? nullptr : opened, close);
  std::u16string out;
  std::string input(bytes);
  char* from = input.data();
  std::size_t left = input.size();
  // Converts what it can, or, with nothing more to come, gives what waited for a tone mark to follow.
  const auto convert = [&](char** next) {
    std::array<char, 256> buffer{};
    char* to = buffer.data();
    std::size_t room = buffer.size();
    if (converter != nullptr) iconv(converter.get(), next, &left, &to, &room);
    const std::string_view made(buffer.data(), buffer.size() - room);
    for (std::size_t i = 0; i < made.size(); i += 2) out += static_cast<char16_t>(little_endian(made, i, 2));
  };
  while (left > 0) {
    const std::size_t before = left;
    convert(&from);
    if (left < before) continue;
    convert(nullptr);
    out += static_cast<char16_t>(static_cast<unsigned char>(*from++));
    --left;
  }
  convert(nullptr);
  return out;
}

}  // namespace tonghop::xlsx
